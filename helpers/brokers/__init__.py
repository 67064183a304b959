"""What do other brokers do? The faults of lesson 16 on NATS JetStream, RabbitMQ, and Tansu, which
speaks the Kafka protocol.

columns  the experiment, and what it returned earlier    server, keeper  a broker on the loopback
jetstream, rabbitmq, kafka_protocol                      a client of each, all used in the same way
"""

from helpers.brokers.columns import columns

__all__ = ["columns"]
