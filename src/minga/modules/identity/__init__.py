"""Who people are: accounts, posts of officials, sign-in and sessions."""
