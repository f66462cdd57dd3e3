"""The service in the dialects of applicant tracking systems: what they call here, what is asked of them."""
