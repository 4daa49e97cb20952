/** Imported before anything else: otherwise graphql-js takes the process for one under development, and checks every value it completes twice over. */
process.env["NODE_ENV"] ??= "production";
