"""What the service keeps beside a corpus: keys, jobs, answers to repeated requests, deliveries, an audit log.

It lies in the corpus's database, so that an erasure takes what is known of a person from here in the same
transaction; beside a corpus in a folder what was only read is noted in a file (`audit_file.py`). None of it
raises the corpus revision: no index and no cache depends on it.
"""
