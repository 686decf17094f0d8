"""What the runs of jobs come to: all figures of one job, and a table of all jobs."""
