//! Files and records, put together tag by tag.

use interclear_primitives::service::Service;
use interclear_tap::{ber::Encoder, validate, Code, Options, Outcome};

/// The octets that a closure writes.
pub fn made(write: impl FnOnce(&mut Encoder)) -> Vec<u8> {
    let mut encoder = Encoder::default();
    write(&mut encoder);
    encoder.into_octets()
}

pub fn local(e: &mut Encoder, tag: u32, text: &str) {
    e.group(tag, |e| {
        e.text(16, text);
        e.text(231, "+0100");
    });
}

pub fn coded(e: &mut Encoder, tag: u32, text: &str) {
    e.group(tag, |e| {
        e.text(16, text);
        e.unsigned(232, 1);
    });
}

/// A file from France to Germany around records.
pub struct File {
    pub release: u64,
    pub cut_off: &'static str,
    pub file_type: &'static str,
    pub currency: &'static str,
    pub local: &'static str,
    /// Decimals and rate.
    pub rate: (u64, u64),
    /// Code, rate, and type of charge of each tax.
    pub taxes: Vec<(u64, &'static str, &'static str)>,
    /// Code, and rate or amount, of each discount.
    pub discounts: Vec<(u64, Option<u64>, Option<u64>)>,
    pub charge: u64,
    pub refund: u64,
    pub tax: u64,
    pub tax_refund: u64,
    pub discount: u64,
    /// Written behind the other items of the batch control information, and of the accounting information.
    pub control: Vec<u8>,
    pub accounting: Vec<u8>,
    /// Written between the discount and the count of the audit control information.
    pub audit: Vec<u8>,
    pub records: Vec<Vec<u8>>,
}

impl Default for File {
    fn default() -> Self {
        Self {
            release: 12,
            cut_off: "20260318053000",
            file_type: "",
            currency: "EUR",
            local: "EUR",
            rate: (5, 100_000),
            taxes: vec![(1, "1900000", ""), (2, "0700000", ""), (3, "", "")],
            discounts: vec![(1, Some(1_000), None)],
            charge: 100,
            refund: 0,
            tax: 0,
            tax_refund: 0,
            discount: 0,
            control: Vec::new(),
            accounting: Vec::new(),
            audit: Vec::new(),
            records: Vec::new(),
        }
    }
}

impl File {
    pub fn octets(&self) -> Vec<u8> {
        made(|e| {
            e.group(1, |e| {
                e.group(4, |e| {
                    e.text(196, "FRAF1");
                    e.text(182, "DEUD1");
                    e.text(109, "00001");
                    local(e, 108, "20260318061000");
                    local(e, 227, self.cut_off);
                    local(e, 107, "20260318063000");
                    e.unsigned(201, 3);
                    e.unsigned(189, self.release);
                    if !self.file_type.is_empty() {
                        e.text(110, self.file_type);
                    }
                    e.raw(&self.control);
                });
                e.group(5, |e| {
                    e.group(211, |e| {
                        for (code, rate, kind) in &self.taxes {
                            e.group(216, |e| {
                                e.unsigned(212, *code);
                                e.text(217, "01");
                                for (tag, text) in [(215, rate), (71, kind)] {
                                    if !text.is_empty() {
                                        e.text(tag, text);
                                    }
                                }
                            });
                        }
                    });
                    e.group(95, |e| {
                        for (code, rate, amount) in &self.discounts {
                            e.group(94, |e| {
                                e.unsigned(91, *code);
                                e.group(428, |e| {
                                    for (tag, number) in [(92, rate), (411, amount)] {
                                        if let Some(number) = number {
                                            e.unsigned(tag, *number);
                                        }
                                    }
                                });
                            });
                        }
                    });
                    if !self.local.is_empty() {
                        e.text(135, self.local);
                    }
                    e.text(210, self.currency);
                    e.group(80, |e| {
                        e.group(106, |e| {
                            e.unsigned(105, 1);
                            e.unsigned(159, self.rate.0);
                            e.unsigned(104, self.rate.1);
                        });
                    });
                    e.unsigned(244, 3);
                    e.raw(&self.accounting);
                });
                e.group(6, |e| {
                    e.group(234, |e| {
                        e.group(233, |e| {
                            e.unsigned(232, 1);
                            e.text(231, "+0100");
                        });
                    });
                    e.group(188, |e| {
                        e.group(183, |e| {
                            e.unsigned(184, 1);
                            e.unsigned(186, 1);
                            e.text(400, "33600000000");
                        });
                    });
                });
                e.group(3, |e| self.records.iter().for_each(|record| e.raw(record)));
                e.group(15, |e| {
                    e.unsigned(415, self.charge);
                    for (tag, amount) in [(355, self.refund), (353, self.tax_refund)] {
                        if amount > 0 {
                            e.unsigned(tag, amount);
                        }
                    }
                    e.unsigned(226, self.tax);
                    e.unsigned(225, self.discount);
                    e.raw(&self.audit);
                    e.unsigned(43, self.records.len() as u64);
                });
            });
        })
    }

    pub fn check(&self) -> Outcome {
        self.check_with(&Options::default())
    }

    pub fn check_with(&self, options: &Options) -> Outcome {
        validate(self.octets().as_slice(), options).unwrap()
    }
}

/// Everything but that the span of calls is not stated.
pub fn codes(outcome: &Outcome) -> Vec<Code> {
    let mut codes = outcome.findings.codes();
    codes.retain(|code| *code != Code::CallSpanDiffers);
    codes
}

pub fn services(outcome: &Outcome) -> Vec<Service> {
    let summary = outcome.summary.as_ref().unwrap();
    summary.services.iter().map(|total| total.service).collect()
}

pub fn subscriber(e: &mut Encoder) {
    e.group(427, |e| {
        e.group(199, |e| {
            e.bcd(129, "001010000000001");
            e.bcd(152, "999010000001");
        });
    });
}

/// A call of a minute for 0.100 that says nothing of how far it goes.
pub struct Call {
    pub subscriber: Vec<u8>,
    pub destination: Vec<u8>,
    pub start: &'static str,
    /// With its tag.
    pub duration: Vec<u8>,
    pub level: u64,
    pub services: Vec<Vec<u8>>,
    pub more: Vec<u8>,
}

impl Default for Call {
    fn default() -> Self {
        Self {
            subscriber: made(subscriber),
            destination: made(|e| e.bcd(407, "33612345678")),
            start: "20260314100000",
            duration: made(|e| e.unsigned(223, 60)),
            level: 1,
            services: Vec::new(),
            more: Vec::new(),
        }
    }
}

impl Call {
    pub fn record(&self) -> Vec<u8> {
        self.record_with(&[])
    }

    /// With more of the place in the network.
    pub fn record_with(&self, location: &[u8]) -> Vec<u8> {
        let usual = [service("11", &[information(self.level, &[("00", 100)], &[])])];
        let services = match self.services.is_empty() {
            true => &usual[..],
            false => &self.services,
        };
        made(|e| {
            e.group(9, |e| {
                e.group(147, |e| {
                    e.raw(&self.subscriber);
                    e.group(89, |e| e.raw(&self.destination));
                    coded(e, 44, self.start);
                    e.raw(&self.duration);
                });
                e.group(138, |e| {
                    e.group(156, |e| {
                        e.unsigned(184, 1);
                        e.raw(location);
                    })
                });
                e.group(38, |e| services.iter().for_each(|service| e.raw(service)));
                e.raw(&self.more);
            });
        })
    }
}

pub fn service(tele: &str, informations: &[Vec<u8>]) -> Vec<u8> {
    made(|e| {
        e.group(39, |e| {
            e.group(36, |e| {
                if !tele.is_empty() {
                    e.group(426, |e| e.text(218, tele));
                }
            });
            e.group(70, |e| {
                informations.iter().for_each(|information| e.raw(information))
            });
        });
    })
}

/// Charge information with charges by type, and something behind them.
pub fn information(level: u64, charges: &[(&str, u64)], more: &[u8]) -> Vec<u8> {
    made(|e| {
        e.group(69, |e| {
            e.text(66, "D");
            e.unsigned(105, 1);
            e.group(258, |e| {
                e.unsigned(259, level);
                e.unsigned(255, 0);
                e.unsigned(256, 0);
            });
            e.group(64, |e| {
                for (kind, charge) in charges {
                    e.group(63, |e| {
                        e.text(71, kind);
                        e.unsigned(62, *charge);
                    });
                }
            });
            e.raw(more);
        });
    })
}

/// Taxes: code, value, taxable amount.
pub fn taxes(list: &[(Option<u64>, Option<u64>, Option<u64>)]) -> Vec<u8> {
    made(|e| {
        e.group(214, |e| {
            for (code, value, base) in list {
                e.group(213, |e| {
                    for (tag, number) in [(212, code), (397, value), (398, base)] {
                        if let Some(number) = number {
                            e.unsigned(tag, *number);
                        }
                    }
                });
            }
        });
    })
}

/// A file with one call that is charged and taxed so.
pub fn taxed(charges: &[(&str, u64)], list: &[(Option<u64>, Option<u64>, Option<u64>)]) -> File {
    let call = Call {
        services: vec![service("11", &[information(1, charges, &taxes(list))])],
        ..Call::default()
    };
    File {
        charge: charges
            .iter()
            .filter(|(kind, _)| *kind == "00")
            .map(|(_, charge)| charge)
            .sum(),
        tax: list.iter().filter_map(|(_, value, _)| *value).sum(),
        records: vec![call.record()],
        ..File::default()
    }
}

pub fn data(volumes: &[(u32, u64)], more: &[u8], charge: u64) -> Vec<u8> {
    made(|e| {
        e.group(14, |e| {
            e.group(114, |e| {
                e.group(115, subscriber);
                e.group(116, |e| e.text(261, "internet"));
                coded(e, 44, "20260314100000");
                e.unsigned(223, 60);
                e.unsigned(72, 77);
            });
            e.group(117, |e| e.group(118, |e| e.group(185, |e| e.unsigned(184, 1))));
            e.group(121, |e| {
                volumes.iter().for_each(|(tag, octets)| e.unsigned(*tag, *octets));
                e.group(70, |e| e.raw(&information(10, &[("00", charge)], &[])));
                e.raw(more);
            });
        });
    })
}

pub fn content(charge: u64, refund: Option<u64>, time: Option<u32>) -> Vec<u8> {
    made(|e| {
        e.group(17, |e| {
            e.group(304, |e| {
                if let Some(tag) = time {
                    coded(e, tag, "20260314100000");
                }
                e.unsigned(303, 1);
            });
            e.group(324, |e| {
                e.group(310, |e| e.group(309, |e| e.text(287, "001010000000001")))
            });
            e.group(285, |e| {
                e.group(352, |e| {
                    for tag in [336, 337, 281] {
                        e.unsigned(tag, 1);
                    }
                    e.text(341, "TX1");
                    if let Some(refund) = refund {
                        e.unsigned(344, refund);
                    }
                    e.group(70, |e| e.raw(&information(0, &[("00", charge)], &[])));
                });
            });
        });
    })
}
