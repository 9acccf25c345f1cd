"""Groups that members prepare in together: who is in, who waits, who organises."""
