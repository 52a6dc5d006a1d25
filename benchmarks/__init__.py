"""Side-by-side measurements, and the classes of made-up learners that they grade."""
