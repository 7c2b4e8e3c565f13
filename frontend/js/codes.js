// The same codes as yizheng/attending/sign_in_codes.py, so that a desk shows and checks them without network.
const text = new TextEncoder();
const keys = new Map();

async function imported(key) {
  if (!keys.has(key)) {
    keys.set(
      key,
      await crypto.subtle.importKey(
        "raw",
        text.encode(key),
        { name: "HMAC", hash: "SHA-256" },
        false,
        ["sign"],
      ),
    );
  }
  return keys.get(key);
}

async function mac(key, ...parts) {
  return new Uint8Array(
    await crypto.subtle.sign("HMAC", await imported(key), text.encode(parts.join("|"))),
  );
}

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const available = () => Boolean(globalThis.crypto?.subtle);

export const windowAt = (milliseconds, seconds) => Math.floor(milliseconds / 1000 / seconds);

export const screenCode = async (key, window) => hex(await mac(key, window)).slice(0, 20);

export async function ownCode(key, participant, window) {
  const made = await mac(key, "own", window);
  const number = new DataView(made.buffer).getUint32(0) % 1000000;
  return {
    digits: String(number).padStart(6, "0"),
    text: `YZ1.${participant}.${window}.${hex(made).slice(0, 16)}`,
  };
}

// Whose code this is now: the current window or the one before it.
export async function whose(shown, people, milliseconds, seconds) {
  const wanted = shown.replace(/\s/g, "");
  const now = windowAt(milliseconds, seconds);
  const field = wanted.startsWith("YZ1.") ? "text" : "digits";
  const found = [];
  for (const person of people) {
    const codes = await Promise.all(
      [now, now - 1].map((window) => ownCode(person.key, person.id, window)),
    );
    if (codes.some((code) => code[field] === wanted)) found.push(person);
  }
  return found;
}
