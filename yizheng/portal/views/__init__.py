"""Pages of the portal: home and public site, the audit chain, past years, the app on a phone."""
