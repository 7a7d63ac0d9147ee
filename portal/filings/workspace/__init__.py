"""What a firm's own pages show of its filings and contracts: plain values, without words or markup."""
