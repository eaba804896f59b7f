#!/usr/bin/env python3
"""The sealed mode once more, in plain Python with nothing but its standard library.

Reads {"ops": [{"op": name, ...}, ...]} in JSON from standard input, octets as hexadecimal text, and writes the list of results.
Written after the specification and the RFCs (5869, 8439, 7748, 9180, 9496), not after the crate's code.
Nothing here is in constant time: it is for tests.
"""
import hashlib, hmac, json, secrets, sys

# --- The field, the curve, ristretto255 (RFC 9496) ---------------------------------------------------------------------------------
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def inv(x):
    return pow(x, P - 2, P)


def is_negative(x):
    return x % P & 1


def absolute(x):
    x %= P
    return P - x if x & 1 else x


def sqrt_ratio(u, v):
    u, v = u % P, v % P
    r = u * v**3 * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    check = v * r * r % P
    correct, flipped, flipped_i = check == u, check == (-u) % P, check == (-u * SQRT_M1) % P
    if flipped or flipped_i:
        r = r * SQRT_M1 % P
    return (correct or flipped), absolute(r)


ONE_MINUS_D_SQ = (1 - D * D) % P
D_MINUS_ONE_SQ = (D - 1) ** 2 % P
_, INVSQRT_A_MINUS_D = sqrt_ratio(1, (-1 - D) % P)
# The specification of the map wants the square root of a*d - 1 that is named in the RFC.
SQRT_AD_MINUS_ONE = 25063068953384623474111414158702152701244531502492656460079210482610430750235
assert SQRT_AD_MINUS_ONE**2 % P == (-D - 1) % P

IDENTITY = (0, 1, 1, 0)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def negate(p):
    return -p[0] % P, p[1], p[2], -p[3] % P


def multiply(n, p):
    n %= L
    q = IDENTITY
    while n:
        if n & 1:
            q = add(q, p)
        p = add(p, p)
        n >>= 1
    return q


def total(terms):
    s = IDENTITY
    for n, p in terms:
        s = add(s, multiply(n, p))
    return s


def decode(octets):
    s = int.from_bytes(octets, "little")
    if len(octets) != 32 or s >= P or s & 1:
        return None
    ss = s * s % P
    u1, u2 = (1 - ss) % P, (1 + ss) % P
    u2_sq = u2 * u2 % P
    v = (-(D * u1 * u1) - u2_sq) % P
    square, root = sqrt_ratio(1, v * u2_sq)
    x_den = root * u2 % P
    y_den = root * x_den * v % P
    x = absolute(2 * s * x_den)
    y = u1 * y_den % P
    t = x * y % P
    if not square or is_negative(t) or y == 0:
        return None
    return x, y, 1, t


def encode(p):
    x, y, z, t = p
    u1, u2 = (z + y) * (z - y) % P, x * y % P
    _, root = sqrt_ratio(1, u1 * u2 * u2)
    d1, d2 = root * u1 % P, root * u2 % P
    z_inv = d1 * d2 * t % P
    if is_negative(t * z_inv):
        x, y, d = y * SQRT_M1 % P, x * SQRT_M1 % P, d1 * INVSQRT_A_MINUS_D % P
    else:
        d = d2
    if is_negative(x * z_inv):
        y = -y % P
    return absolute(d * (z - y)).to_bytes(32, "little")


def one_map(octets):
    t = int.from_bytes(octets, "little") % 2**255 % P
    r = SQRT_M1 * t * t % P
    u = (r + 1) * ONE_MINUS_D_SQ % P
    v = (-1 - r * D) * (r + D) % P
    square, s = sqrt_ratio(u, v)
    c = P - 1
    if not square:
        s, c = -absolute(s * t) % P, r
    n = (c * (r - 1) * D_MINUS_ONE_SQ - v) % P
    w0, w1 = 2 * s * v % P, n * SQRT_AD_MINUS_ONE % P
    w2, w3 = (1 - s * s) % P, (1 + s * s) % P
    return w0 * w3 % P, w2 * w1 % P, w1 * w3 % P, w0 * w2 % P


def from_uniform(octets):
    return add(one_map(octets[:32]), one_map(octets[32:]))


G = decode(bytes.fromhex("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76"))
H = from_uniform(hashlib.sha512(b"interclear/pedersen/h/v1").digest())


def generator(service, field):
    return from_uniform(hashlib.sha512(f"interclear/pedersen/g/v1/{service}/{field}".encode()).digest())


def scalar(octets):
    n = int.from_bytes(octets, "little")
    return n if len(octets) == 32 and n < L else None


def commit(value, blinding):
    return encode(total([(value, G), (blinding, H)]))


# --- Hashes and keys -----------------------------------------------------------------------------------------------------------------
def blake2b(octets, key=b""):
    return hashlib.blake2b(octets, digest_size=32, key=key).digest()


def extract(salt, ikm):
    return hmac.new(salt, ikm, hashlib.sha256).digest()


def expand(key, info, length=32):
    out, block, counter = b"", b"", 1
    while len(out) < length:
        block = hmac.new(key, block + info + bytes([counter]), hashlib.sha256).digest()
        out, counter = out + block, counter + 1
    return out[:length]


def u16(n):
    return n.to_bytes(2, "little")


def u32(n):
    return n.to_bytes(4, "little")


def label(genesis, tag, *parts):
    return b"interclear/sealed/v1" + genesis + bytes([tag]) + b"".join(parts)


def pair_key(genesis, lo, hi, epoch, k_lo, k_hi):
    return extract(label(genesis, 0, u32(lo), u32(hi), u32(epoch)), k_lo + k_hi)


def agreement_key(genesis, pair, agreement):
    return expand(pair, label(genesis, 1, u32(agreement)))


def terms_key(genesis, agreement):
    return expand(agreement, label(genesis, 2))


def month_key(genesis, agreement, period):
    return expand(agreement, label(genesis, 3, u32(period)))


def document_key(genesis, parent, kind, digest):
    return expand(parent, label(genesis, 4, bytes([kind]), digest))


def blinding(genesis, parent, kind, digest, place):
    return int.from_bytes(expand(parent, label(genesis, 5, bytes([kind]), digest, u16(place)), 64), "little") % L


def salt(genesis, parent, kind, payload):
    return expand(parent, label(genesis, 6, bytes([kind]), blake2b(payload)))


def file_tag(genesis, month, content):
    return blake2b(content, expand(month, label(genesis, 7)))


def confirm(genesis, pair, side):
    return expand(pair, label(genesis, 8, bytes([side])))


# --- ChaCha20-Poly1305 (RFC 8439) ----------------------------------------------------------------------------------------------------
def chacha_block(key, counter, nonce):
    words = [0x61707865, 0x3320646E, 0x79622D32, 0x6B206574]
    words += [int.from_bytes(key[i : i + 4], "little") for i in range(0, 32, 4)]
    words += [counter] + [int.from_bytes(nonce[i : i + 4], "little") for i in range(0, 12, 4)]
    w = list(words)

    def quarter(a, b, c, d):
        for x, y, z, n in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            w[x] = (w[x] + w[y]) & 0xFFFFFFFF
            w[z] ^= w[x]
            w[z] = (w[z] << n | w[z] >> (32 - n)) & 0xFFFFFFFF

    for _ in range(10):
        for places in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)):
            quarter(*places)
        for places in ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            quarter(*places)
    return b"".join(((a + b) & 0xFFFFFFFF).to_bytes(4, "little") for a, b in zip(w, words))


def chacha(key, nonce, octets):
    stream = b"".join(chacha_block(key, 1 + i, nonce) for i in range((len(octets) + 63) // 64))
    return bytes(a ^ b for a, b in zip(octets, stream))


def poly1305(key, octets):
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    a = 0
    for i in range(0, len(octets), 16):
        a = (a + int.from_bytes(octets[i : i + 16] + b"\1", "little")) * r % (2**130 - 5)
    return ((a + int.from_bytes(key[16:], "little")) % 2**128).to_bytes(16, "little")


def aead_tag(key, nonce, associated, sealed):
    pad = lambda octets: octets + bytes(-len(octets) % 16)
    lengths = len(associated).to_bytes(8, "little") + len(sealed).to_bytes(8, "little")
    return poly1305(chacha_block(key, 0, nonce)[:32], pad(associated) + pad(sealed) + lengths)


def aead_seal(key, nonce, associated, plain):
    sealed = chacha(key, nonce, plain)
    return sealed + aead_tag(key, nonce, associated, sealed)


def aead_open(key, nonce, associated, sealed):
    sealed, tag = sealed[:-16], sealed[-16:]
    return chacha(key, nonce, sealed) if aead_tag(key, nonce, associated, sealed) == tag else None


# --- Documents ---------------------------------------------------------------------------------------------------------------------------
def compact(n):
    if n < 64:
        return bytes([n << 2])
    if n < 2**14:
        return (n << 2 | 1).to_bytes(2, "little")
    return (n << 2 | 2).to_bytes(4, "little")


def document(engine, kind, agreement, period, salted, payload):
    head = b"\1" + u32(engine) + bytes([kind]) + u32(agreement) + u32(period) + salted + compact(len(payload)) + payload
    padding = 0
    while True:
        length = len(head) + len(compact(padding)) + padding
        if length % (512 if length <= 4096 else 4096) == 0:
            return head + compact(padding) + bytes(padding)
        padding += 1


def digest_of(plain):
    return blake2b(b"interclear/document/v1" + plain)


def associated(genesis, suite, epoch, kind, digest):
    return label(genesis, 9, bytes([suite]), u32(epoch), bytes([kind]), digest)


# --- Statements --------------------------------------------------------------------------------------------------------------------------
def i128(n):
    return n.to_bytes(16, "little", signed=True)


def heading(h):
    numbers = [h["agreement"], h["period"], *h["parties"], h["version"]]
    return b"".join(map(u32, numbers)) + h["currency"].encode() + bytes([h["decimals"]]) + u32(h["epoch"]) + b"".join(h["usage"])


def lines_of(debtors, commitments):
    return compact(len(debtors)) + b"".join(bytes([debtor]) + c for debtor, c in zip(debtors, commitments))


def close(o):
    """The document, its digest, and the commitments of the lines; amounts are pairs of who owes (0 or 1), and how much."""
    h, month = o["heading"], o["key"]
    amounts = [(debtor, int(amount)) for debtor, amount in o["amounts"]]
    figures = heading(h) + compact(len(amounts)) + b"".join(bytes([debtor]) + i128(amount) for debtor, amount in amounts)
    figures += compact(len(o["details"])) + o["details"]
    plain = document(o["engine"], 3, h["agreement"], h["period"], salt(o["genesis"], month, 3, figures), figures)
    digest = digest_of(plain)
    blindings = [blinding(o["genesis"], month, 3, digest, place) for place in range(len(amounts))]
    commitments = [commit(amount, r) for (_, amount), r in zip(amounts, blindings)]
    signs = [-1 if debtor else 1 for debtor, _ in amounts]
    net = sum(sign * amount for sign, (_, amount) in zip(signs, amounts)), sum(s * r for s, r in zip(signs, blindings)) % L
    return plain, digest, commitments, net


def closing(o):
    plain, digest, commitments, (amount, r) = close(o)
    told = {"document": plain, "digest": digest, "net": commit(amount, r), "blinding": r.to_bytes(32, "little")}
    return {name: octets.hex() for name, octets in told.items()} | {
        "lines": [c.hex() for c in commitments],
        "amount": str(amount),
    }


def half_even(n, d):
    q, rest = divmod(n, d)
    return q + (2 * rest > d or (2 * rest == d and q % 2 == 1))


def month(o):
    """The statement of a month whose lines have a window of a month, a price for each unit and no tax, rated once more: prices are in 10^-9
    of the currency, usage in 10^-6 of unit and currency."""
    key, value = lambda parts: bytes(parts), lambda n: b"\0" + i128(n)
    listed = lambda items: compact(len(items)) + b"".join(items)
    minor = 10 ** o["heading"]["decimals"]
    used = {tuple(row[:3]): [int(n) for n in row[3:]] for row in o["used"]}
    totals = [
        key(line) + records.to_bytes(8, "little") + quantity.to_bytes(16, "little") + value(charge) + value(tax)
        for line, (records, quantity, charge, tax) in sorted(used.items())
    ]
    own = b"\1" + u32(o["heading"]["period"]) + listed(totals) + b"\0" + listed([])
    lines, amounts = [], []
    for *line, price in o["prices"]:
        _, quantity, tap_charge, _ = used.get(tuple(line), [0] * 4)
        charge = half_even(quantity * int(price) * minor, 10**15)
        stated = [half_even(tap_charge * minor, 10**6), charge, 0, 0]
        lines.append(key(line) + b"\0" + quantity.to_bytes(16, "little") + b"".join(map(value, stated)))
        amounts.append([line[0], charge])
    nothing = listed([]) * 4  # late usage, what runs, what has ended, what came late before
    details = own + nothing + listed(lines)
    return closing(o | {"amounts": amounts, "details": details})


# --- X25519 and HPKE (RFC 7748, RFC 9180) --------------------------------------------------------------------------------------------
def x25519(private, public):
    k = int.from_bytes(private, "little") & ~7 & (2**255 - 1) | 2**254
    x1 = int.from_bytes(public, "little") % 2**255 % P
    x2, z2, x3, z3 = 1, 0, x1, 1
    for bit in range(254, -1, -1):
        swap = k >> bit & 1
        if swap:
            x2, z2, x3, z3 = x3, z3, x2, z2
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb = a * a % P, b * b % P
        e, da, cb = aa - bb, d * a % P, c * b % P
        x3, z3 = (da + cb) ** 2 % P, x1 * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
        if swap:
            x2, z2, x3, z3 = x3, z3, x2, z2
    return (x2 * inv(z2) % P).to_bytes(32, "little")


BASE = (9).to_bytes(32, "little")
KEM_ID, HPKE_ID = b"KEM\0\x20", b"HPKE\0\x20\0\1\0\3"


def labeled_extract(suite, key, name, ikm):
    return extract(key, b"HPKE-v1" + suite + name + ikm)


def labeled_expand(suite, key, name, info, length):
    return expand(key, length.to_bytes(2, "big") + b"HPKE-v1" + suite + name + info, length)


def hpke_key(shared, encapsulation, public, info):
    secret = labeled_expand(KEM_ID, labeled_extract(KEM_ID, b"", b"eae_prk", shared), b"shared_secret", encapsulation + public, 32)
    context = b"\0" + labeled_extract(HPKE_ID, b"", b"psk_id_hash", b"") + labeled_extract(HPKE_ID, b"", b"info_hash", info)
    secret = labeled_extract(HPKE_ID, secret, b"secret", b"")
    return labeled_expand(HPKE_ID, secret, b"key", context, 32), labeled_expand(HPKE_ID, secret, b"base_nonce", context, 12)


def hpke_seal(public, info, plain):
    ephemeral = secrets.token_bytes(32)
    encapsulation = x25519(ephemeral, BASE)
    key, nonce = hpke_key(x25519(ephemeral, public), encapsulation, public, info)
    return encapsulation + aead_seal(key, nonce, b"", plain)


def hpke_open(private, info, sealed):
    public = x25519(private, BASE)
    key, nonce = hpke_key(x25519(private, sealed[:32]), sealed[:32], public, info)
    return aead_open(key, nonce, b"", sealed[32:])


def box_info(genesis, tag, numbers):
    return label(genesis, tag, *map(u32, numbers))


# --- Merlin: STROBE-128 over Keccak-f[1600] ----------------------------------------------------------------------------------------------
MASK = 2**64 - 1


def round_constants():
    out, lfsr = [], 1
    for _ in range(24):
        constant = 0
        for j in range(7):
            if lfsr & 1:
                constant |= 1 << (2**j - 1)
            lfsr = lfsr << 1 ^ (0x171 if lfsr & 0x80 else 0)
        out.append(constant)
    return out


CONSTANTS = round_constants()


def keccak(state):
    a = [[int.from_bytes(state[8 * (x + 5 * y) : 8 * (x + 5 * y) + 8], "little") for y in range(5)] for x in range(5)]
    rotate = lambda n, by: (n << by | n >> (64 - by)) & MASK if by else n
    for constant in CONSTANTS:
        c = [a[x][0] ^ a[x][1] ^ a[x][2] ^ a[x][3] ^ a[x][4] for x in range(5)]
        d = [c[(x - 1) % 5] ^ rotate(c[(x + 1) % 5], 1) for x in range(5)]
        a = [[a[x][y] ^ d[x] for y in range(5)] for x in range(5)]
        x, y, current = 1, 0, a[1][0]
        for t in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            current, a[x][y] = a[x][y], rotate(current, (t + 1) * (t + 2) // 2 % 64)
        for y in range(5):
            row = [a[x][y] for x in range(5)]
            for x in range(5):
                a[x][y] = row[x] ^ (~row[(x + 1) % 5] & MASK & row[(x + 2) % 5])
        a[0][0] ^= constant
    return bytearray(b"".join(a[x][y].to_bytes(8, "little") for y in range(5) for x in range(5)))


class Transcript:
    RATE = 166

    def __init__(self, name):
        self.state = bytearray(200)
        self.state[:18] = bytes([1, self.RATE + 2, 1, 0, 1, 96]) + b"STROBEv1.0.2"
        self.state = keccak(self.state)
        self.at = self.begin = 0
        self.operate(0x12, False)
        self.absorb(b"Merlin v1.0")
        self.append(b"dom-sep", name)

    def permute(self):
        self.state[self.at] ^= self.begin
        self.state[self.at + 1] ^= 4
        self.state[self.RATE + 1] ^= 0x80
        self.state = keccak(self.state)
        self.at = self.begin = 0

    def absorb(self, octets):
        for octet in octets:
            self.state[self.at] ^= octet
            self.at += 1
            if self.at == self.RATE:
                self.permute()

    def operate(self, flags, more):
        if more:
            return
        before, self.begin = self.begin, self.at + 1
        self.absorb(bytes([before, flags]))
        if flags & 0x24 and self.at:
            self.permute()

    def named(self, name, length):
        self.operate(0x12, False)
        self.absorb(name)
        self.operate(0x12, True)
        self.absorb(u32(length))

    def append(self, name, octets):
        self.named(name, len(octets))
        self.operate(2, False)
        self.absorb(octets)

    def challenge(self, name):
        self.named(name, 64)
        self.operate(7, False)
        out = bytearray()
        for _ in range(64):
            out.append(self.state[self.at])
            self.state[self.at] = 0
            self.at += 1
            if self.at == self.RATE:
                self.permute()
        return int.from_bytes(out, "little") % L


def transcript(context, purpose, statement):
    t = Transcript(b"interclear/sealed/v1")
    t.append(b"genesis", context["genesis"])
    t.append(b"purpose", purpose)
    t.append(b"object", context["object"])
    t.append(b"party", u32(context["party"]))
    t.append(b"document", context["document"])
    for part in statement:
        t.append(b"statement", part)
    return t


# --- Proofs --------------------------------------------------------------------------------------------------------------------------------
def statement_of(op):
    """Purpose, parts of the statement, the target and the generators of a representation."""
    about = op["about"]
    points = [decode(c) for c in op["commitments"]]
    if about == "pok":
        return b"pok", op["commitments"], points[0], [G, H]
    if about == "equal":
        return b"equal", op["commitments"], add(points[0], negate(points[1])), [H]
    if about == "sum":
        value, signs = int(op["value"]), op["signs"]
        target = multiply(-value, G)
        for point, minus in zip(points, signs):
            target = add(target, negate(point) if minus else point)
        parts = compact(len(points)) + b"".join(c + bytes([minus]) for c, minus in zip(op["commitments"], signs))
        return b"sum", [parts, i128(value)], target, [H]
    if about == "statement":
        target = IDENTITY
        for point, debtor in zip(points, op["debtors"]):
            target = add(target, negate(point) if debtor else point)
        at = op["context"]
        public = at["genesis"] + heading(op["heading"]) + at["document"] + lines_of(op["debtors"], op["commitments"])
        return b"statement", [public, encode(target)], target, [G, H]
    services, place, value = op["services"], op["place"], int(op["value"])
    every = [[s, f] for s in services for f in ("records", "quantity", "charge", "tax")]
    parts = ["\n".join(services).encode(), op["commitments"][0], place[0].encode(), place[1].encode(), value.to_bytes(16, "little")]
    target = add(points[0], multiply(-value, generator(*place)))
    return b"component", parts, target, [H] + [generator(*other) for other in every if other != place]


def verify(op):
    purpose, parts, target, generators = statement_of(op)
    proof = op["proof"]
    answers = [scalar(proof[i : i + 32]) for i in range(32, len(proof), 32)]
    first = decode(proof[:32])
    if first is None or None in answers or len(answers) != len(generators):
        return False
    t = transcript(op["context"], purpose, parts)
    t.append(b"first", proof[:32])
    c = t.challenge(b"challenge")
    return encode(total(zip(answers, generators))) == encode(add(first, multiply(c, target)))


def prove(op):
    purpose, parts, _, generators = statement_of(op)
    nonces = [secrets.randbelow(L) for _ in generators]
    first = encode(total(zip(nonces, generators)))
    t = transcript(op["context"], purpose, parts)
    t.append(b"first", first)
    c = t.challenge(b"challenge")
    witness = [int(w) for w in op["witness"]]
    return first + b"".join(((n + c * w) % L).to_bytes(32, "little") for n, w in zip(nonces, witness))


def verify_cover(op):
    """A Bulletproof of 64 bits, both equations weighed at random."""
    position, clear, hold, proof = op["commitments"][0], int(op["clear"]), int(op["hold"]), op["proof"]
    t = transcript(op["context"], b"cover", [position, i128(clear), hold.to_bytes(16, "little")])
    value = add(decode(position), multiply(clear + hold, G))
    n, part = 64, [proof[i : i + 32] for i in range(0, len(proof), 32)]
    t.append(b"dom-sep", b"rangeproof v1")
    for name, number in ((b"n", n), (b"m", 1)):
        t.append(name, number.to_bytes(8, "little"))
    t.append(b"V", encode(value))
    for name, octets in zip((b"A", b"S"), part):
        t.append(name, octets)
    y, z = t.challenge(b"y"), t.challenge(b"z")
    for name, octets in zip((b"T_1", b"T_2"), part[2:]):
        t.append(name, octets)
    x = t.challenge(b"x")
    for name, octets in zip((b"t_x", b"t_x_blinding", b"e_blinding"), part[4:]):
        t.append(name, octets)
    w = t.challenge(b"w")
    t.append(b"dom-sep", b"ipp v1")
    t.append(b"n", n.to_bytes(8, "little"))
    us = []
    for i in range(6):
        t.append(b"L", part[7 + 2 * i])
        t.append(b"R", part[8 + 2 * i])
        us.append(t.challenge(b"u"))
    points = [decode(octets) for octets in part[:4] + part[7:19]]
    numbers = [scalar(octets) for octets in part[4:7] + part[19:21]]
    if len(part) != 21 or None in points or None in numbers:
        return False
    t_x, t_blinding, e_blinding, a, b = numbers
    invert = lambda s: pow(s, L - 2, L)
    s = []
    for i in range(n):
        product = 1
        for j, u in enumerate(us):
            product = product * (u if i >> (5 - j) & 1 else invert(u)) % L
        s.append(product)
    gens = {}
    for letter in b"GH":
        stream = hashlib.shake_256(b"GeneratorsChain" + bytes([letter, 0, 0, 0, 0])).digest(64 * n)
        gens[letter] = [from_uniform(stream[64 * i : 64 * i + 64]) for i in range(n)]
    delta = ((z - z * z) * sum(pow(y, i, L) for i in range(n)) - z**3 * (2**n - 1)) % L
    first = [(z * z, value), (delta - t_x, G), (-t_blinding, H), (x, points[2]), (x * x, points[3])]
    second = [(1, points[0]), (x, points[1]), (-e_blinding, H), (w * (t_x - a * b), G)]
    for i, u in enumerate(us):
        second += [(u * u, points[4 + 2 * i]), (invert(u * u % L), points[5 + 2 * i])]
    y_inv = invert(y)
    for i in range(n):
        second.append((-z - a * s[i], gens[ord("G")][i]))
        second.append((z + pow(y_inv, i, L) * (z * z * 2**i - b * invert(s[i])), gens[ord("H")][i]))
    zero = bytes(32)
    return encode(total(first)) == zero and encode(total(second)) == zero


# --- What is asked -------------------------------------------------------------------------------------------------------------------------
OPS = {
    "pair_key": lambda o: pair_key(o["genesis"], o["lo"], o["hi"], o["epoch"], o["k_lo"], o["k_hi"]),
    "agreement_key": lambda o: agreement_key(o["genesis"], o["key"], o["agreement"]),
    "terms_key": lambda o: terms_key(o["genesis"], o["key"]),
    "month_key": lambda o: month_key(o["genesis"], o["key"], o["period"]),
    "document_key": lambda o: document_key(o["genesis"], o["key"], o["kind"], o["digest"]),
    "blinding": lambda o: blinding(o["genesis"], o["key"], o["kind"], o["digest"], o["place"]).to_bytes(32, "little"),
    "salt": lambda o: salt(o["genesis"], o["key"], o["kind"], o["payload"]),
    "file_tag": lambda o: file_tag(o["genesis"], o["key"], o["payload"]),
    "confirm": lambda o: confirm(o["genesis"], o["key"], o["side"]),
    "h": lambda o: encode(H),
    "generator": lambda o: encode(generator(o["service"], o["field"])),
    "commit": lambda o: commit(int(o["value"]), scalar(o["blinding"])),
    "usage": lambda o: encode(
        total([(int(n), generator(s, f)) for s, f, n in o["numbers"]] + [(scalar(o["blinding"]), H)])
    ),
    "is_point": lambda o: decode(o["octets"]) is not None,
    "add": lambda o: encode(add(decode(o["one"]), decode(o["other"]))),
    "document": lambda o: document(o["engine"], o["kind"], o["agreement"], o["period"], o["salt"], o["payload"]),
    "digest": lambda o: digest_of(o["octets"]),
    "seal": lambda o: aead_seal(
        document_key(o["genesis"], o["key"], o["kind"], digest_of(o["octets"])),
        bytes(12),
        associated(o["genesis"], o["suite"], o["epoch"], o["kind"], digest_of(o["octets"])),
        o["octets"],
    ),
    "open": lambda o: aead_open(
        document_key(o["genesis"], o["key"], o["kind"], o["digest"]),
        bytes(12),
        associated(o["genesis"], o["suite"], o["epoch"], o["kind"], o["digest"]),
        o["octets"],
    ),
    "closing": closing,
    "month": month,
    "public": lambda o: x25519(o["key"], BASE),
    "box_seal": lambda o: hpke_seal(o["public"], box_info(o["genesis"], o["tag"], o["numbers"]), o["octets"]),
    "box_open": lambda o: hpke_open(o["key"], box_info(o["genesis"], o["tag"], o["numbers"]), o["octets"]),
    "verify": verify,
    "prove": prove,
    "verify_cover": verify_cover,
}

OCTETS = {
    "genesis", "k_lo", "k_hi", "key", "digest", "payload", "blinding", "octets", "one", "other", "salt", "public", "proof",
    "commitments", "object", "document", "usage", "details",
}  # fmt: skip


def as_octets(name, value):
    if isinstance(value, dict):
        return {key: as_octets(key, inner) for key, inner in value.items()}
    if name in OCTETS:
        return [bytes.fromhex(v) for v in value] if isinstance(value, list) else bytes.fromhex(value)
    return value


def main():
    results = []
    for asked in json.load(sys.stdin)["ops"]:
        result = OPS[asked["op"]](as_octets("", asked))
        results.append(result.hex() if isinstance(result, (bytes, bytearray)) else result)
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
