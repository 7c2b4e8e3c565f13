// Reads QR codes with the camera: by the browser's own reader where it has one, else by ours, which only the desk loads.
const PAUSE = 200;
const SAME_AGAIN = 4000;
const FAULTS = {
  NotAllowedError: "camera_refused",
  SecurityError: "camera_refused",
  NotFoundError: "camera_none",
  OverconstrainedError: "camera_none",
};

async function detector(address) {
  const own = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []);
  const Detector = own?.includes("qr_code")
    ? globalThis.BarcodeDetector
    : (await import(address)).BarcodeDetector;
  return new Detector({ formats: ["qr_code"] });
}

export class Camera {
  // `found` is called with each code's text, once while it is held before the camera; `failed` with the key of a sentence.
  constructor(video, reader, { found, failed }) {
    Object.assign(this, { video, found, failed, last: "", seen: 0 });
    this.detector = detector(reader); // at once, so that it is there when the network is not
    this.detector.catch(() => {});
  }

  get on() {
    return Boolean(this.video.srcObject);
  }

  async start() {
    if (!navigator.mediaDevices?.getUserMedia) return this.failed("camera_insecure");
    try {
      this.video.srcObject = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment", width: { ideal: 1280 } },
      });
      this.reader = await this.detector;
      await this.video.play();
    } catch (error) {
      this.stop();
      return this.failed(FAULTS[error.name] || "camera_busy");
    }
    return this.look();
  }

  stop() {
    this.video.srcObject?.getTracks().forEach((track) => track.stop());
    this.video.srcObject = null;
  }

  async look() {
    if (!this.on) return;
    const [code] = await this.reader.detect(this.video).catch(() => []);
    if (code) this.take(code.rawValue);
    setTimeout(() => this.look(), PAUSE);
  }

  take(text) {
    const isNew = text !== this.last || Date.now() - this.seen > SAME_AGAIN;
    [this.last, this.seen] = [text, Date.now()];
    if (isNew) this.found(text);
  }
}
