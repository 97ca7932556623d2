"""What each destination really does with a Video Spec stream: one file of rows a destination."""
