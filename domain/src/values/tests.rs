use super::*;

#[test]
fn nonsense_is_refused_and_sense_is_kept() {
    assert!("XX".parse::<Country>().is_err());
    assert!("de".parse::<Country>().is_err());
    assert_eq!("SE".parse::<Country>().map(String::from), Ok("SE".to_owned()));
    assert!("de_de".parse::<Language>().is_ok());
    assert!("EUR".parse::<Currency>().is_ok());
    for currency in ["eur", "EURO", "", "ABC", "€"] {
        assert!(currency.parse::<Currency>().is_err(), "{currency}");
    }
    for price in ["-1", "+1", "1e3", "1.23456", "1000000001", "1,5", ".", ""] {
        assert!(price.parse::<Price>().is_err(), "{price}");
    }
    for price in ["0", "12.50", "0.0001", "1000000000"] {
        assert_eq!(price.parse::<Price>().map(|price| price.decimal().to_string()), Ok(price.to_owned()));
    }
    for number in ["1e5", "1_000", "+1", "0.1234567", "1000000000001", "", "-", "1,5", "NaN"] {
        assert!(number.parse::<Quantity>().is_err(), "{number}");
    }
    for number in ["0", "-12.5", "0.123456", "1000000000000"] {
        assert_eq!(number.parse::<Quantity>().map(|q| q.decimal().to_string()), Ok(number.to_owned()));
    }
    assert!("no such tag!".parse::<Language>().is_err());
    assert!("a@b@c".parse::<EmailAddress>().is_err());
    assert!("+4930123456".parse::<PhoneNumber>().is_ok());
    for phone in ["030 123456", "+49 30 123456", "+1", "4930123456", "+999123456789"] {
        assert!(phone.parse::<PhoneNumber>().is_err(), "{phone}");
    }
    assert!("customer.example".parse::<DomainName>().is_ok());
    for domain in ["Customer.example", "customer", "a b.example", "a@b.example", ""] {
        assert!(domain.parse::<DomainName>().is_err(), "{domain}");
    }
    assert!("Europe/Berlin".parse::<TimeZone>().is_ok());
    assert!("Europe/Nowhere".parse::<TimeZone>().is_err());
    assert!(" \t".parse::<Name>().is_err());
    assert!("https://resale.example/logo.svg".parse::<HttpsUrl>().is_ok());
    for url in [
        "http://resale.example",
        "https://",
        "https://user@resale.example",
        "logo.svg",
        "javascript:alert(1)",
    ] {
        assert!(url.parse::<HttpsUrl>().is_err(), "{url}");
    }
    assert!("#1a6B3c".parse::<Color>().is_ok());
    for color in ["1a6b3c", "#1a6b3", "#1a6b3cc", "#1a6b3g", "green"] {
        assert!(color.parse::<Color>().is_err(), "{color}");
    }
}

#[test]
fn an_address_line_has_at_most_fifty_characters() {
    assert!("é".repeat(50).parse::<AddressLine>().is_ok());
    assert!("é".repeat(51).parse::<AddressLine>().is_err());
}
