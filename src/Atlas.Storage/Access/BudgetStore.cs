using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Npgsql;
using NpgsqlTypes;

namespace Atlas.Storage.Access;

/// <summary>What one owner may spend on a day, and has.</summary>
/// <param name="Owner"><c>key:TENANT/NAME</c> or <c>tenant:NAME</c>.</param>
/// <param name="TokensPerDay">Null for any number.</param>
/// <param name="UsdPerDay">Dollars; null for any amount.</param>
/// <param name="Tokens">Spent or reserved today.</param>
/// <param name="Usd">Spent or reserved today, in dollars.</param>
public sealed record BudgetStanding(string Owner, long? TokensPerDay, decimal? UsdPerDay, long Tokens, decimal Usd);

/// <summary>A reservation.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Tokens">What it counts with.</param>
/// <param name="Usd">What it counts with, in dollars.</param>
/// <param name="IsSettled">Whether it is known what the call took.</param>
public sealed record BudgetReservation(string Id, long Tokens, decimal Usd, bool IsSettled);

/// <summary>Keeps budgets per day (UTC), out of which is reserved before a call is made.</summary>
/// <remarks>A reservation is one statement that locks the day of each owner, so calls that come at once never get more than there is,
/// at whatever silo.</remarks>
public sealed class BudgetStore(NpgsqlDataSource database)
{
    private const string Today = "(now() AT TIME ZONE 'UTC')::date";

    /// <summary>The owner of what the keys of a name spend: they share it, so that rotation begins nothing anew.</summary>
    public static string OfKey(string tenant, string name) => $"key:{tenant}/{name}";

    /// <summary>The owner of what a tenant spends; null for the one that is not named.</summary>
    public static string? OfTenant(string tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return tenant.Length == 0 ? null : $"tenant:{tenant}";
    }

    /// <summary>Who pays for what Atlas itself asks models about a session: the API key that it came through, and the tenant of its learning key.</summary>
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
    /// <param name="id">The identity of the reservation; the same again changes nothing.</param>
    /// <param name="owners">Who pays.</param>
    /// <param name="tokens">At most so many.</param>
    /// <param name="usd">At most so much, in dollars.</param>
    /// <param name="cancellationToken">Stops before anything is reserved.</param>
    /// <returns>The owner whose budget does not suffice; null if it is reserved.</returns>
    public async Task<string?> ReserveAsync(string id, IEnumerable<string> owners, long tokens, decimal usd, CancellationToken cancellationToken = default)
    {
        var command = database.CreateCommand("SELECT public.reserve_budget($1, $2, $3, $4)");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(id).Texts(owners).Long(tokens);
        command.Parameters.Add(Dollars(usd));
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
    }

    /// <summary>Puts a reservation right: what the call really took counts in place of what was reserved.</summary>
    /// <param name="id">The reservation.</param>
    /// <param name="payer">Who must be among those who pay.</param>
    /// <param name="tokens">What it took; 0 for a call that was not made.</param>
    /// <param name="usd">What it cost, in dollars.</param>
    /// <param name="cancellationToken">Stops before anything is changed.</param>
    /// <returns>The reservation; null if there is none of this payer's. One that was settled before stays as it was.</returns>
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

    /// <summary>Sets a budget; null lifts a limit, and a budget without limits is none.</summary>
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

    /// <summary>Budgets and what was spent of them today.</summary>
    /// <param name="owners">Of whom; null for all that have a budget or spent something today.</param>
    /// <param name="cancellationToken">Stops the query.</param>
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
