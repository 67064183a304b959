rules = "~15:rights +xreadgroup +xack +xautoclaim"
