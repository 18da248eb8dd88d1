"""The report as a Word file, and the way back from an edited one."""
