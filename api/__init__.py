"""The HTTP door to the matcher: reserved for the service that an applicant tracking system calls."""
