mod check;
mod edit;
mod random;
mod secret;
