// The service worker, where the page names one; where it does not, one that was there before goes.
import { worker } from "./page.js";

export async function installable() {
  if (!("serviceWorker" in navigator)) return;
  try {
    if (worker)
      await navigator.serviceWorker.register(worker, { scope: "/", updateViaCache: "none" });
    else for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  } catch {
    // Everything works without it.
  }
}
