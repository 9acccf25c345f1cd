"""Files of rows, as CSV, YAML or JSON: what is in which line, or what is wrong there."""
