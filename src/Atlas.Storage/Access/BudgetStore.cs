using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Npgsql;
using NpgsqlTypes;

namespace Atlas.Storage.Access;

/// <summary>What one owner can spend on a day, and has spent.</summary>
/// <param name="Owner"><c>key:TENANT/NAME</c> or <c>tenant:NAME</c>.</param>
/// <param name="TokensPerDay">The limit in tokens; null for none.</param>
/// <param name="UsdPerDay">The limit in dollars; null for none.</param>
/// <param name="Tokens">Tokens spent or reserved today.</param>
/// <param name="Usd">Dollars spent or reserved today.</param>
public sealed record BudgetStanding(string Owner, long? TokensPerDay, decimal? UsdPerDay, long Tokens, decimal Usd);

/// <summary>A reservation.</summary>
/// <param name="Id">The id.</param>
/// <param name="Tokens">The tokens it counts with.</param>
/// <param name="Usd">The dollars it counts with.</param>
/// <param name="IsSettled">Whether the actual use of the call is known.</param>
public sealed record BudgetReservation(string Id, long Tokens, decimal Usd, bool IsSettled);

/// <summary>Stores budgets per day (UTC), from which calls are reserved before they are made.</summary>
/// <remarks>A reservation is one statement that locks the day of each owner, so concurrent calls never get more than the budget, at any
/// silo.</remarks>
public sealed class BudgetStore(NpgsqlDataSource database)
{
    private const string Today = "(now() AT TIME ZONE 'UTC')::date";

    /// <summary>Returns the owner for keys with a name: they share a budget, so that rotation does not reset it.</summary>
    public static string OfKey(string tenant, string name) => $"key:{tenant}/{name}";

    /// <summary>Returns the owner for a tenant; null for the default tenant.</summary>
    public static string? OfTenant(string tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return tenant.Length == 0 ? null : $"tenant:{tenant}";
    }

    /// <summary>Returns who pays for what Atlas itself asks models about a session: the API key that it came through, and the tenant of its
    /// learning key.</summary>
    public async Task<ImmutableArray<string>> OwnersAsync(long sessionId, CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand("""
            SELECT array_remove(ARRAY[paid_by, CASE WHEN stored_learning_key LIKE 'tenant:%/%' THEN split_part(stored_learning_key, '/', 1) END], NULL)
              FROM public.sessions WHERE id = $1
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is string[] owners ? [.. owners] : [];
    }

    /// <summary>Reserves for all owners, or for none.</summary>
    /// <param name="id">The id of the reservation; repeating it changes nothing.</param>
    /// <param name="owners">The owners who pay.</param>
    /// <param name="tokens">The maximum in tokens.</param>
    /// <param name="usd">The maximum in dollars.</param>
    /// <param name="cancellationToken">Cancels before anything is reserved.</param>
    /// <returns>The owner whose budget is too small; null if the reservation was made.</returns>
    public async Task<string?> ReserveAsync(string id, IEnumerable<string> owners, long tokens, decimal usd, CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand("SELECT public.reserve_budget($1, $2, $3, $4)");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(id).Texts(owners).Long(tokens);
        command.Parameters.Add(Dollars(usd));
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
    }

    /// <summary>Settles a reservation: the actual use of the call replaces the reserved amount.</summary>
    /// <param name="id">The reservation.</param>
    /// <param name="payer">An owner who must be among the payers.</param>
    /// <param name="tokens">The tokens used; 0 for a call that was not made.</param>
    /// <param name="usd">The cost in dollars.</param>
    /// <param name="cancellationToken">Cancels before anything is changed.</param>
    /// <returns>The reservation; null if this payer has none. One that was already settled stays unchanged.</returns>
    public async Task<BudgetReservation?> SettleAsync(string id, string payer, long tokens, decimal usd, CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand("""
            WITH found AS (SELECT * FROM public.budget_reservations WHERE id = $1 AND $2 = ANY (owners) FOR UPDATE),
            put AS (
              UPDATE public.budget_reservations r SET tokens = $3, usd = $4, settled_at = now() FROM found
               WHERE r.id = found.id AND found.settled_at IS NULL
              RETURNING r.id, r.tokens, r.usd),
            counted AS (
              UPDATE public.budget_days d SET tokens = d.tokens + put.tokens - found.tokens, usd = d.usd + put.usd - found.usd
                FROM found JOIN put ON put.id = found.id WHERE d.owner = ANY (found.owners) AND d.day = found.day)
            SELECT found.id, coalesce(put.tokens, found.tokens) AS tokens, coalesce(put.usd, found.usd) AS usd
              FROM found LEFT JOIN put ON put.id = found.id
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(id).Text(payer).Long(tokens);
        command.Parameters.Add(Dollars(usd));
        return await command.FirstAsync(
            row => new BudgetReservation(row.RequiredText("id"), row.Long("tokens"), row.GetDecimal(row.GetOrdinal("usd")), IsSettled: true), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts spending without a reservation, regardless of budgets.</summary>
    /// <param name="id">The id of the spending; an existing one is not counted again.</param>
    /// <param name="owners">The owners of the budgets.</param>
    /// <param name="tokens">The tokens used.</param>
    /// <param name="usd">The cost in dollars.</param>
    /// <param name="cancellationToken">Cancels before anything is changed.</param>
    public async Task BookAsync(string id, IReadOnlyCollection<string> owners, long tokens, decimal usd = 0, CancellationToken cancellationToken = default)
    {
        // An owner's first call of a day removes what has expired, as a reservation does.
        var command = database.CreateCommand($"""
            WITH first AS (SELECT WHERE NOT EXISTS (SELECT 1 FROM public.budget_days WHERE owner = ANY ($2) AND day = {Today})),
            old_days AS (DELETE FROM public.budget_days WHERE owner = ANY ($2) AND day < {Today} - 40 AND EXISTS (SELECT FROM first)),
            old AS (DELETE FROM public.budget_reservations WHERE created_at < now() - interval '40 days' AND EXISTS (SELECT FROM first)),
            booked AS (
              INSERT INTO public.budget_reservations (id, owners, day, tokens, usd, settled_at)
              VALUES ($1, $2, {Today}, $3, $4, now()) ON CONFLICT (id) DO NOTHING RETURNING owners, day, tokens, usd)
            INSERT INTO public.budget_days AS d (owner, day, tokens, usd)
            SELECT o, booked.day, booked.tokens, booked.usd FROM booked CROSS JOIN LATERAL unnest(booked.owners) AS t (o) ORDER BY 1
            ON CONFLICT (owner, day) DO UPDATE SET tokens = d.tokens + excluded.tokens, usd = d.usd + excluded.usd
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(id).Texts(owners).Long(tokens);
        command.Parameters.Add(Dollars(usd));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sets a budget; null removes a limit, and a budget without limits is removed.</summary>
    public async Task SetAsync(string owner, long? tokensPerDay, decimal? usdPerDay, CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand("""
            WITH gone AS (DELETE FROM public.budgets WHERE owner = $1 AND $2 IS NULL AND $3 IS NULL)
            INSERT INTO public.budgets (owner, tokens_per_day, usd_per_day) SELECT $1, $2, $3 WHERE $2 IS NOT NULL OR $3 IS NOT NULL
            ON CONFLICT (owner) DO UPDATE SET tokens_per_day = excluded.tokens_per_day, usd_per_day = excluded.usd_per_day
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(owner).Long(tokensPerDay);
        command.Parameters.Add(Dollars(usdPerDay));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns budgets and what was spent of them today.</summary>
    /// <param name="owners">The owners; null for all that have a budget or spent something today.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<BudgetStanding>> ListAsync(IReadOnlyCollection<string>? owners = null, CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand($"""
            SELECT coalesce(b.owner, d.owner) AS owner, b.tokens_per_day, b.usd_per_day, coalesce(d.tokens, 0) AS tokens, coalesce(d.usd, 0) AS usd
              FROM public.budgets b FULL JOIN (SELECT * FROM public.budget_days WHERE day = {Today}) d USING (owner)
             WHERE $1 IS NULL OR coalesce(b.owner, d.owner) = ANY ($1) ORDER BY 1
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = owners is null ? DBNull.Value : owners.ToArray() });
        return await command.ListAsync(
            row => new BudgetStanding(
                row.RequiredText("owner"), row.IsDBNull(1) ? null : row.GetInt64(1), row.IsDBNull(2) ? null : row.GetDecimal(2), row.Long("tokens"), row.GetDecimal(4)),
            cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlParameter Dollars(decimal? usd) => new() { NpgsqlDbType = NpgsqlDbType.Numeric, Value = usd ?? (object)DBNull.Value };
}
