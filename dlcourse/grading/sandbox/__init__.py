"""The grader's side of the sandbox: starts workers, talks to them, believes nothing they say."""
