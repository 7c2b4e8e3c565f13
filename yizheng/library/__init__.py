"""The rules library: rules on paper that the committee adopted, in force or repealed."""
