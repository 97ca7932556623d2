"""One file a player: what it says, and what that means."""
