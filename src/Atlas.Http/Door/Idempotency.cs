using System.Security.Cryptography;
using System.Text;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Learning.Keys;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Atlas.Http.Door;

/// <summary>Carries out a write with an <c>Idempotency-Key</c> once, however often it is sent and to whichever silo.</summary>
/// <remarks>
/// <para>A request is recorded as begun before it is carried out, and with its answer when it is done; the same request gets that answer
/// again. A request that was begun by a silo that died is carried out again when its lease has run out. That is safe because every write
/// knows its <see cref="Operation"/>: a session is found by it, events keep their numbers, a change of a playbook is found in the journal,
/// and everything else can be repeated without effect.</para>
/// <para>Only completed requests are kept: a refused request can be sent again once the reason is gone.</para>
/// </remarks>
internal sealed class Idempotency(NpgsqlDataSource database, IOptions<AtlasHttpOptions> options, TimeProvider time)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";

    private const int MaxLength = 255;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private const string Begin = """
        INSERT INTO public.api_requests AS r (operation_id, fingerprint, lease_until, key_prefix) VALUES ($1, $2, now() + $3, $4)
        ON CONFLICT (operation_id) DO UPDATE SET lease_until = excluded.lease_until
          WHERE r.status IS NULL AND r.lease_until < now() AND r.fingerprint = excluded.fingerprint
        RETURNING true
        """;

    private readonly OldRequests _old = new(database, options, time);

    /// <summary>Carries out the request, or repeats its earlier answer.</summary>
    /// <param name="context">The request; its header contains the key.</param>
    /// <param name="caller">The sender: keys of different callers are unrelated.</param>
    /// <param name="endpoint">The endpoint that carries it out.</param>
    /// <exception cref="ProblemException">The key belongs to another request, or this request is still being carried out.</exception>
    public async Task RunAsync(HttpContext context, Caller caller, RequestDelegate endpoint)
    {
        var key = context.Request.Headers[Header];
        if (key is not [{ Length: > 0 and <= MaxLength } text] || text.Any(character => character is <= ' ' or > '~'))
        {
            throw Problem.InvalidRequest.With($"An {Header} must have 1 to {MaxLength} visible ASCII characters, for example a UUID.");
        }

        var operation = Operation.For(caller, text);
        var fingerprint = await FingerprintAsync(context).ConfigureAwait(false);
        var began = time.GetTimestamp();
        var prefix = PrefixOf(context, caller);
        while (!await BeginAsync(operation, fingerprint, prefix).ConfigureAwait(false))
        {
            if (await FindAsync(operation, fingerprint).ConfigureAwait(false) is { } answer)
            {
                await ReplayAsync(context, answer).ConfigureAwait(false);
                return;
            }

            if (time.GetElapsedTime(began) > Patience)
            {
                throw new ProblemException(Problem.InProgress, "This request is still in progress. Send it again in a moment to get its answer.") { RetryAfterSeconds = 2 };
            }

            await Task.Delay(Pause, time, context.RequestAborted).ConfigureAwait(false);
        }

        try
        {
            await CarryOutAsync(context, operation, endpoint).ConfigureAwait(false);
        }
        finally
        {
            // The caller does not wait for it.
            _ = _old.CleanAsync();
        }
    }

    private async Task CarryOutAsync(HttpContext context, Operation operation, RequestDelegate endpoint)
    {
        context.Features.Set(operation);
        var (output, whole) = (context.Response.Body, new MemoryStream());
        context.Response.Body = whole;
        using var done = new CancellationTokenSource();
        var renewal = RenewAsync(operation, done.Token);
        try
        {
            await endpoint(context).ConfigureAwait(false);
        }
        catch (ProblemException)
        {
            await DropAsync(operation).ConfigureAwait(false);
            throw;
        }
        catch (Contracts.AtlasRefusedException)
        {
            await DropAsync(operation).ConfigureAwait(false);
            throw;
        }
        catch (Exception)
        {
            // Nobody knows whether it was done; repeating the request finds out.
            await ReleaseAsync(operation).ConfigureAwait(false);
            throw;
        }
        finally
        {
            context.Response.Body = output;
            await done.CancelAsync().ConfigureAwait(false);
            await renewal.ConfigureAwait(false);
        }

        if (context.Response.StatusCode is >= 200 and < 300)
        {
            await KeepAsync(operation, new Answer(context.Response.StatusCode, context.Response.ContentType, whole.ToArray())).ConfigureAwait(false);
        }
        else
        {
            await DropAsync(operation).ConfigureAwait(false);
        }

        whole.Position = 0;
        await whole.CopyToAsync(output, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<bool> BeginAsync(Operation operation, string fingerprint, string prefix)
    {
        var command = Command(Begin, operation.Id, fingerprint, Lease, prefix);
        await using var commandDisposal = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync().ConfigureAwait(false) is true;
    }

    /// <summary>Returns the answer to this request; null while there is none.</summary>
    private async Task<Answer?> FindAsync(Operation operation, string fingerprint)
    {
        var command = Command("SELECT fingerprint, status, content_type, body FROM public.api_requests WHERE operation_id = $1", operation.Id);
        await using var commandDisposal = command.ConfigureAwait(false);
        var row = await command.ExecuteReaderAsync().ConfigureAwait(false);
        await using var rowDisposal = row.ConfigureAwait(false);
        if (!await row.ReadAsync().ConfigureAwait(false))
        {
            return null;
        }

        return row.GetString(0) != fingerprint
            ? throw Problem.IdempotencyMismatch.With($"This {Header} was already sent with another request. Use a new key for every request, and repeat a key only to send the same request again.")
            : await row.IsDBNullAsync(1).ConfigureAwait(false) ? null
            : new Answer(row.GetInt32(1), await row.IsDBNullAsync(2).ConfigureAwait(false) ? null : row.GetString(2), row.GetFieldValue<byte[]>(3));
    }

    private async Task KeepAsync(Operation operation, Answer answer)
    {
        try
        {
            var command = Command(
                "UPDATE public.api_requests SET status = $2, content_type = $3, body = $4, key_prefix = coalesce($5, key_prefix) WHERE operation_id = $1",
                operation.Id, answer.Status, answer.ContentType, answer.Body, operation.LearningKey);
            await using var commandDisposal = command.ConfigureAwait(false);
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            // The work is done and the caller is told; if the request is repeated, it is carried out as the same operation.
        }
    }

    // A refused append stored nothing, so its numbers need not be remembered either.
    private Task DropAsync(Operation operation) => TryAsync(
        """
        WITH gone AS (DELETE FROM public.api_requests WHERE operation_id = $1 AND status IS NULL RETURNING operation_id)
        DELETE FROM public.api_appends a USING gone WHERE a.operation_id = gone.operation_id
        """,
        operation);

    private Task ReleaseAsync(Operation operation) => TryAsync("UPDATE public.api_requests SET lease_until = now() WHERE operation_id = $1 AND status IS NULL", operation);

    private async Task RenewAsync(Operation operation, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await Task.Delay(Lease / 3, time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!done.IsCancellationRequested)
            {
                await TryAsync($"UPDATE public.api_requests SET lease_until = now() + interval '{Lease.TotalSeconds} seconds' WHERE operation_id = $1 AND status IS NULL", operation).ConfigureAwait(false);
            }
        }
    }

    private async Task TryAsync(string sql, Operation operation)
    {
        try
        {
            var command = Command(sql, operation.Id);
            await using var commandDisposal = command.ConfigureAwait(false);
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            // The lease runs out anyway.
        }
    }

    private NpgsqlCommand Command(string sql, params object?[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter
            {
                Value = value ?? DBNull.Value,
                NpgsqlDbType = value switch
                {
                    int => NpgsqlDbType.Integer,
                    byte[] => NpgsqlDbType.Bytea,
                    TimeSpan => NpgsqlDbType.Interval,
                    _ => NpgsqlDbType.Text,
                },
            });
        }

        return command;
    }

    /// <summary>Returns what a caller must reach to reach the answer: the learning key in the address, or else all that its sender
    /// reaches.</summary>
    private static string PrefixOf(HttpContext context, Caller caller) =>
        context.Request.RouteValues["key"] is string key && LearningKeyRule.ProblemOf(key) is null ? caller.Space + key : caller.Space + caller.Prefix;

    private static async Task ReplayAsync(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.Headers[ReplayedHeader] = "true";
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<string> FingerprintAsync(HttpContext context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget ?? "";
        hash.AppendData(Encoding.UTF8.GetBytes($"{context.Request.Method} {target}\n"));
        hash.AppendData(await RequestBytes.ReadAsync(context).ConfigureAwait(false));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record Answer(int Status, string? ContentType, byte[] Body);
}
