//! A version of the runtime: what its pallets are called, and how to read what they hold and tell.

use crate::json;
use codec::{Compact, Decode};
use sp_crypto_hashing::twox_128;
use std::collections::HashMap;
use subxt::{
    ext::frame_decode::{
        extrinsics::decode_extrinsic,
        storage::{decode_storage_key_with_info, StorageTypeInfo},
    },
    metadata::Metadata,
};

/// Pallets of the frame that books are not about: consensus, the clock, and how calls are put together. All others are indexed, also
/// those that do not exist yet.
const FRAME: [&str; 9] = [
    "System",
    "Timestamp",
    "Aura",
    "Authorship",
    "Session",
    "Scheduler",
    "Historical",
    "Grandpa",
    "Utility",
];

/// The key of the version of a pallet's storage.
const STORAGE_VERSION: &str = ":__STORAGE_VERSION__:";

/// Where the events of a block are kept.
pub fn events_key() -> Vec<u8> {
    [twox_128(b"System"), twox_128(b"Events")].concat()
}

/// Where it is kept which runtime has made a block.
pub fn version_key() -> Vec<u8> {
    [twox_128(b"System"), twox_128(b"LastRuntimeUpgrade")].concat()
}

/// Where the time of a block is kept, in milliseconds.
pub fn time_key() -> Vec<u8> {
    [twox_128(b"Timestamp"), twox_128(b"Now")].concat()
}

/// Whether a pallet is none of the frame's.
pub fn is_indexed(pallet: &str) -> bool {
    !FRAME.contains(&pallet)
}

/// An event, or the refusal or success of a transaction.
pub struct Event {
    /// The number of the transaction it belongs to, if it belongs to one.
    pub extrinsic: Option<u32>,
    /// The pallet's name.
    pub pallet: String,
    /// The event's name.
    pub name: String,
    /// Its fields as JSON.
    pub fields: String,
}

/// A transaction.
pub struct Extrinsic {
    /// The pallet that is called.
    pub pallet: String,
    /// The call's name.
    pub call: String,
    /// The account that has signed, if one has.
    pub signer: Option<String>,
}

/// Something kept in the state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The pallet's name.
    pub pallet: String,
    /// The item's name.
    pub item: String,
    /// The parts of the key as a list in JSON.
    pub key: String,
    /// The value as JSON.
    pub value: String,
}

/// A version of the runtime.
pub struct Runtime {
    /// Its number.
    pub version: u32,
    /// The metadata, as the chain has it.
    pub octets: Vec<u8>,
    metadata: Metadata,
    /// Pallets and items by the first octets of their keys.
    items: HashMap<Vec<u8>, (String, Option<String>)>,
}

impl Runtime {
    /// Reads metadata.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn new(version: u32, octets: Vec<u8>) -> Result<Self, String> {
        let metadata = Metadata::decode_from(&octets)
            .map_err(|error| format!("the metadata cannot be read: {error}"))?;
        let mut items = HashMap::new();
        for pallet in metadata.pallets().filter(|pallet| is_indexed(pallet.name())) {
            let Some(storage) = pallet.storage() else {
                continue;
            };
            let prefix = twox_128(storage.prefix().as_bytes());
            items.insert(prefix.to_vec(), (pallet.name().to_owned(), None));
            for item in storage.entries() {
                let key = [prefix, twox_128(item.name().as_bytes())].concat();
                items.insert(key, (pallet.name().to_owned(), Some(item.name().to_owned())));
            }
        }
        Ok(Self {
            version,
            octets,
            metadata,
            items,
        })
    }

    /// A constant of a pallet as JSON; `None` if it has none of that name.
    pub fn constant(&self, pallet: &str, name: &str) -> Option<String> {
        let pallet = self.metadata.pallet_by_name(pallet)?;
        let constant = pallet.constant_by_name(name)?;
        let mut out = String::new();
        json::read(
            &mut constant.value(),
            constant.ty(),
            self.metadata.types(),
            &mut out,
        )
        .ok()?;
        Some(out)
    }

    /// The first octets of all keys that are indexed.
    pub fn prefixes(&self) -> Vec<Vec<u8>> {
        let mut prefixes: Vec<Vec<u8>> = self.items.keys().filter(|key| key.len() == 16).cloned().collect();
        prefixes.sort();
        prefixes
    }

    /// Reads what the state holds under a key.
    ///
    /// # Errors
    /// The value or the key has another form than the metadata says.
    pub fn entry(&self, key: &[u8], value: &[u8]) -> Result<Entry, String> {
        let pallet = key.get(..16).and_then(|prefix| self.items.get(prefix));
        let Some((pallet, _)) = pallet else {
            return Err("a key belongs to no pallet".into());
        };
        let item = key.get(..32).and_then(|prefix| self.items.get(prefix));
        let Some((_, Some(item))) = item else {
            return Ok(Self::undescribed(pallet, key, value));
        };
        let wrong = |what: &str, error: &dyn std::fmt::Display| {
            format!("the {what} of {pallet}.{item} cannot be read: {error}")
        };
        let types = self.metadata.types();
        let info = self
            .metadata
            .storage_info(pallet, item)
            .map_err(|error| wrong("form", &error))?;
        let parts =
            decode_storage_key_with_info(&mut &*key, &info, types).map_err(|error| wrong("key", &error))?;
        let mut of_key = String::from("[");
        for (place, part) in parts.parts().enumerate() {
            if place > 0 {
                of_key.push(',');
            }
            match part.value() {
                Some(of) => {
                    let mut octets = key.get(of.range()).unwrap_or_default();
                    json::read(&mut octets, *of.ty(), types, &mut of_key)
                        .map_err(|error| wrong("key", &error))?;
                }
                None => {
                    let hash = key.get(part.hash_range()).unwrap_or_default();
                    json::text(&format!("0x{}", hex::encode(hash)), &mut of_key);
                }
            }
        }
        of_key.push(']');
        let (mut rest, mut of_value) = (value, String::new());
        json::read(&mut rest, info.value_id, types, &mut of_value).map_err(|error| wrong("value", &error))?;
        if !rest.is_empty() {
            return Err(wrong("value", &"it is longer than it should be"));
        }
        Ok(Entry {
            pallet: pallet.clone(),
            item: item.clone(),
            key: of_key,
            value: of_value,
        })
    }

    /// What the metadata does not describe: the version of a pallet's storage, and what a former runtime has left behind.
    fn undescribed(pallet: &str, key: &[u8], value: &[u8]) -> Entry {
        let rest = key.get(16..).unwrap_or_default();
        let version = <[u8; 2]>::try_from(value).map(u16::from_le_bytes);
        let (item, key, value) = match (rest == twox_128(STORAGE_VERSION.as_bytes()), version) {
            (true, Ok(version)) => ("StorageVersion", "[]".into(), version.to_string()),
            _ => (
                "Undescribed",
                format!("[\"0x{}\"]", hex::encode(rest)),
                format!("\"0x{}\"", hex::encode(value)),
            ),
        };
        Entry {
            pallet: pallet.to_owned(),
            item: item.into(),
            key,
            value,
        }
    }

    /// Reads the events of a block: those that are indexed, and the frame's word on each transaction.
    ///
    /// # Errors
    /// They have another form than the metadata says.
    pub fn events(&self, octets: &[u8]) -> Result<Vec<Event>, String> {
        let input = &mut &*octets;
        let wrong = |error: &dyn std::fmt::Display| format!("its events cannot be read: {error}");
        let count = match octets.is_empty() {
            true => 0,
            false => Compact::<u32>::decode(input).map_err(|error| wrong(&error))?.0,
        };
        let types = self.metadata.types();
        let mut events = Vec::new();
        for _ in 0..count {
            let extrinsic = match u8::decode(input).map_err(|error| wrong(&error))? {
                0 => Some(u32::decode(input).map_err(|error| wrong(&error))?),
                _ => None,
            };
            let (of, which) = <(u8, u8)>::decode(input).map_err(|error| wrong(&error))?;
            let pallet = self.metadata.pallet_by_event_index(of);
            let event = pallet
                .as_ref()
                .and_then(|pallet| pallet.event_variant_by_index(which));
            let (Some(pallet), Some(event)) = (pallet.as_ref(), event) else {
                return Err(wrong(&format!("there is no event {of}.{which}")));
            };
            let named = event.fields.iter().all(|field| field.name.is_some());
            let mut fields = String::from(if named { "{" } else { "[" });
            for (place, field) in event.fields.iter().enumerate() {
                if place > 0 {
                    fields.push(',');
                }
                if let Some(name) = field.name.as_ref().filter(|_| named) {
                    json::text(name, &mut fields);
                    fields.push(':');
                }
                let read = json::read(input, field.ty.id, types, &mut fields);
                read.map_err(|error| {
                    format!(
                        "the event {}.{} cannot be read: {error}",
                        pallet.name(),
                        event.name
                    )
                })?;
            }
            fields.push(if named { '}' } else { ']' });
            Vec::<[u8; 32]>::decode(input).map_err(|error| wrong(&error))?;
            events.push(Event {
                extrinsic,
                pallet: pallet.name().to_owned(),
                name: event.name.clone(),
                fields,
            });
        }
        Ok(events)
    }

    /// Reads a transaction.
    ///
    /// # Errors
    /// It has another form than the metadata says.
    pub fn extrinsic(&self, octets: &[u8]) -> Result<Extrinsic, String> {
        let wrong = |error: &dyn std::fmt::Display| format!("a transaction cannot be read: {error}");
        let types = self.metadata.types();
        let read = decode_extrinsic(&mut &*octets, &self.metadata, types).map_err(|error| wrong(&error))?;
        let signer = match read.signature_payload() {
            Some(signature) => {
                let mut address = String::new();
                let mut input = octets.get(signature.address_range()).unwrap_or_default();
                json::read(&mut input, *signature.address_type(), types, &mut address)
                    .map_err(|error| wrong(&error))?;
                Some(address)
            }
            None => None,
        };
        Ok(Extrinsic {
            pallet: read.pallet_name().to_owned(),
            call: read.call_name().to_owned(),
            signer: signer.map(|address| {
                // `{"Id":"5G…"}` is the account.
                let address = address
                    .strip_prefix("{\"Id\":")
                    .and_then(|rest| rest.strip_suffix('}'))
                    .unwrap_or(&address);
                address.trim_matches('"').to_owned()
            }),
        })
    }

    /// The name of the error that the frame tells of a transaction, such as `Netting.NothingToSettle`.
    pub fn refusal(&self, fields: &str) -> String {
        let fields: serde_json::Value = serde_json::from_str(fields).unwrap_or_default();
        let error = fields.get("dispatch_error").unwrap_or(&serde_json::Value::Null);
        let of_pallet = || {
            let module = error.get("Module")?;
            let index = u8::try_from(module.get("index")?.as_u64()?).ok()?;
            let which = hex::decode(module.get("error")?.as_str()?.strip_prefix("0x")?).ok()?;
            let pallet = self.metadata.pallet_by_error_index(index)?;
            let name = &pallet.error_variant_by_index(*which.first()?)?.name;
            Some(format!("{}.{name}", pallet.name()))
        };
        of_pallet().unwrap_or_else(|| match error {
            serde_json::Value::String(name) => name.clone(),
            other => other.to_string(),
        })
    }
}
