#!/bin/sh
# Run once by the image of PostgreSQL on an empty volume, and again by hand for a service added
# later: a role and a database for each service, which no other role may enter.
#
# DATABASES holds `service=password` pairs separated by commas.
set -eu

echo "$DATABASES" | tr ',' '\n' | while IFS='=' read -r service password; do
    if [ -z "$password" ]; then
        echo "databases.sh: no password for $service" >&2
        exit 1
    fi
    # The password reaches psql by its standard input: arguments show in the list of processes.
    psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 \
        --username "$POSTGRES_USER" --dbname postgres <<SQL
\\set service '$service'
\\set password '$password'
SELECT format('CREATE ROLE %I LOGIN', :'service')
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'service') \\gexec
ALTER ROLE :"service" PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I', :'service', :'service')
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'service') \\gexec
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
SQL
    echo "database and role: $service"
done
