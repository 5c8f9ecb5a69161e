"""Apache Kafka: a driver for Faust that never commits past an unacked record, and a producer that says where."""
