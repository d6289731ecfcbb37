//! Time expressions in news and what they mean: "on Wednesday", "late last year", "from 1979 to 1989".
