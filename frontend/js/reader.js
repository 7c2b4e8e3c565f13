// The reader of QR codes, for browsers that have none of their own.
export { BarcodeDetector } from "qr/decode.js";
