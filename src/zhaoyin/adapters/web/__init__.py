"""Pages and text files as received: bytes in, plain text out; nothing is fetched from anywhere."""
