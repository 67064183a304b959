"""Partitions: entries with one key stay in order, because their stream has one owner at a time."""

from helpers.partitions.consumer import PartitionConsumer
from helpers.partitions.partition import Partition, partition_of, partition_stream

__all__ = ["Partition", "PartitionConsumer", "partition_of", "partition_stream"]
