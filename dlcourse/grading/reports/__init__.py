"""The reports on a graded class: console, Gradescope, gradebook and pages to read."""

from dlcourse.grading.reports.console import print_class, print_submission
from dlcourse.grading.reports.file_names import safe_names
from dlcourse.grading.reports.write import write_reports

__all__ = ["print_class", "print_submission", "safe_names", "write_reports"]
