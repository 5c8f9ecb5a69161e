"""Brokers behind one seam: real Kafka, or a durable log in this process."""
