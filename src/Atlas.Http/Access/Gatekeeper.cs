using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Atlas.Http.Problems;
using Atlas.Storage.Access;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Atlas.Http.Access;

/// <summary>Knows who sends a request by the API key in it.</summary>
/// <remarks>What the database says of a key is believed for half a second, so that a key that was revoked is refused by every silo
/// within one. While the database is away, what was known last holds.</remarks>
internal sealed class Gatekeeper(ApiKeyStore keys, IOptions<AtlasHttpOptions> options, TimeProvider time) : IDisposable
{
    private const int MostKnown = 10_000;
    private const string Key = "x-api-key";
    private static readonly TimeSpan Belief = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _asking = new(1);
    private (bool Any, long At)? _any;

    /// <summary>Who sends the request.</summary>
    /// <exception cref="ProblemException">Nobody that may, or somebody who sends too much.</exception>
    public async ValueTask<Caller> AdmitAsync(HttpContext context)
    {
        if (Presented(context.Request) is not { } key)
        {
            return await IsOpenAsync(context).ConfigureAwait(false)
                ? Caller.Local
                : throw Problem.Unauthorized.With("Send an API key as 'Authorization: Bearer …' or 'x-api-key: …'. `atlas key create` makes one.");
        }

        if (options.Value.AdminKey is { } admin && CryptographicOperations.FixedTimeEquals(ApiKey.Hash(key), ApiKey.Hash(admin)))
        {
            return Caller.Administrator;
        }

        var known = await KnownAsync(key).ConfigureAwait(false);
        if (known?.Record is not { } record || !record.IsAlive(time.GetUtcNow()))
        {
            throw Problem.Unauthorized.With(known?.Record is null
                ? "There is no such API key. Check that it was copied whole."
                : known.Record.RevokedAt is not null ? "This API key was revoked." : "This API key has expired.");
        }

        Demand(known, record);
        return known.Caller!;
    }

    /// <summary>Whether somebody who came in before may still be here.</summary>
    public async ValueTask<bool> MayStayAsync(HttpContext context)
    {
        try
        {
            await AdmitAsync(context).ConfigureAwait(false);
            return true;
        }
        catch (ProblemException refused)
        {
            return refused.Problem == Problem.RateLimited;
        }
    }

    public void Dispose()
    {
        _asking.Dispose();
        foreach (var known in _known.Values)
        {
            known.Limiter?.Dispose();
        }
    }

    /// <summary>Whether this machine needs no key: none was ever made, and the request comes from here.</summary>
    private async ValueTask<bool> IsOpenAsync(HttpContext context) =>
        LocalRequests.IsLocal(context) && options.Value.AdminKey is null && !await AnyAsync().ConfigureAwait(false);

    private async ValueTask<bool> AnyAsync()
    {
        if (_any is { } known && (known.Any || time.GetElapsedTime(known.At) < Belief))
        {
            return known.Any;
        }

        var any = await keys.AnyAsync().ConfigureAwait(false);
        _any = (any, time.GetTimestamp());
        return any;
    }

    private static string? Presented(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        var bearer = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim() : null;
        var header = request.Headers[Key].ToString() is { Length: > 0 } sent ? sent : null;
        if (bearer is null && authorization.Length > 0)
        {
            throw Problem.Unauthorized.With("Only 'Authorization: Bearer …' is known here.");
        }

        return bearer is null || header is null || bearer == header
            ? bearer ?? header
            : throw Problem.Unauthorized.With($"'Authorization' and '{Key}' hold different API keys. Send one.");
    }

    private async ValueTask<Known?> KnownAsync(string key)
    {
        if (ApiKey.IdOf(key) is null)
        {
            return null;
        }

        var name = Convert.ToHexStringLower(ApiKey.Hash(key));
        if (_known.TryGetValue(name, out var known) && time.GetElapsedTime(known.At) < Belief)
        {
            return known;
        }

        // One asks for all; the others take what it found.
        await _asking.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_known.TryGetValue(name, out known) && time.GetElapsedTime(known.At) < Belief)
            {
                return known;
            }

            if (_known.Count > MostKnown)
            {
                _known.Clear();
            }

            var record = await keys.FindAsync(key).ConfigureAwait(false);
            var fresh = Known.Of(record, time.GetTimestamp(), options.Value.RequestsPerSecond, known);
            _known[name] = fresh;
            if (record is not null && record.IsAlive(time.GetUtcNow()) && !(time.GetUtcNow() - record.LastUsedAt < TimeSpan.FromMinutes(1)))
            {
                await keys.UsedAsync(record.Id).ConfigureAwait(false);
            }

            return fresh;
        }
        catch (NpgsqlException) when (known is not null)
        {
            return known;
        }
        finally
        {
            _asking.Release();
        }
    }

    private static void Demand(Known known, ApiKeyRecord record)
    {
        if (known.Limiter is not { } limiter)
        {
            return;
        }

        using var lease = limiter.AttemptAcquire();
        if (!lease.IsAcquired)
        {
            var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var span) ? span.TotalSeconds : 1;
            throw new ProblemException(Problem.RateLimited, $"The API key '{record.Name}' sends more than it may. Wait as long as Retry-After says.")
            {
                RetryAfterSeconds = (int)Math.Clamp(Math.Ceiling(wait), 1, 3600),
            };
        }
    }

    private sealed record Known(ApiKeyRecord? Record, Caller? Caller, long At, TokenBucketRateLimiter? Limiter, int? Rate)
    {
        public static Known Of(ApiKeyRecord? record, long at, int? usual, Known? before)
        {
            if (record is null)
            {
                return new Known(null, null, at, null, null);
            }

            var rate = record.RequestsPerSecond ?? usual;
            var limiter = rate == before?.Rate ? before?.Limiter : Bucket(rate);
            return new Known(record, Caller.Of(record), at, limiter, rate);
        }

        private static TokenBucketRateLimiter? Bucket(int? rate) => rate is not { } most ? null : new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = most * 2,
            TokensPerPeriod = most,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
            AutoReplenishment = true,
        });
    }
}
