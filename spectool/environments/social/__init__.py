"""A network of people: members, follows, posts, comments, groups, and messages."""
