"""From a stream of tracks into Segment, each message once as far as HTTP allows."""
