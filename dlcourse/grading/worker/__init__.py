"""What runs inside the sandbox: it holds no answers, no tests and no other submission."""
