"""What members finish, announced as they allow."""
