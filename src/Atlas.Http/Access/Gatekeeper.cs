using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Atlas.Http.Problems;
using Atlas.Storage.Access;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Atlas.Http.Access;

/// <summary>Identifies the sender of a request by its API key.</summary>
/// <remarks>What the database says about a key is cached for half a second, so every silo refuses a revoked key within a second.</remarks>
public sealed class Gatekeeper : IDisposable
{
    private const int MostKnown = 10_000;
    private const string Key = "x-api-key";
    private const string Configured = "configured:";

    private readonly ConcurrentDictionary<string, Believed<Known?>> _known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _asking = new(1);
    private readonly ApiKeyStore _keys;
    private readonly TimeProvider _time;
    private readonly int? _usualRate;
    private readonly byte[]? _adminHash;
    private readonly Believed<bool> _anyKey;

    public Gatekeeper(ApiKeyStore keys, IOptions<AtlasHttpOptions> options, TimeProvider time)
    {
        (_keys, _time, _usualRate) = (keys, time, options.Value.RequestsPerSecond);
        _adminHash = options.Value.AdminKey is { } admin ? ApiKey.Hash(admin) : null;
        _anyKey = new Believed<bool>(any => any ? Task.FromResult(true) : keys.AnyAsync(), time);
    }

    /// <summary>Identifies the sender of a request.</summary>
    /// <exception cref="ProblemException">The sender is not allowed in, or sends too many requests.</exception>
    public ValueTask<Caller> AdmitAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return AdmitAsync(context, Presented(context.Request));
    }

    /// <summary>Returns whether a text is an Atlas API key, no matter whose or how old, and not a key of another vendor. A badly copied key
    /// counts as ours, too.</summary>
    public bool IsOurs(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(ApiKey.Prefix, StringComparison.Ordinal) || IsAdmin(ApiKey.Hash(text));
    }

    /// <summary>Identifies the sender of a request by a key that the caller of this method has found.</summary>
    /// <param name="context">The request.</param>
    /// <param name="presented">The key; null for none.</param>
    /// <exception cref="ProblemException">The sender is not allowed in, or sends too many requests.</exception>
    public async ValueTask<Caller> AdmitAsync(HttpContext context, string? presented)
    {
        if (presented is not { } key)
        {
            return await IsOpenAsync(context).ConfigureAwait(false)
                ? Caller.Local
                : throw Problem.Unauthorized.With("Send an API key as 'Authorization: Bearer …' or 'x-api-key: …'. Create one with `atlas key create`.");
        }

        return await AdmitKeyAsync(key).ConfigureAwait(false);
    }

    /// <summary>Identifies the caller that an API key belongs to.</summary>
    /// <exception cref="ProblemException">The key is not valid, or is used too often.</exception>
    public async ValueTask<Caller> AdmitKeyAsync(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var hash = ApiKey.Hash(key);
        if (IsAdmin(hash))
        {
            return Caller.Administrator;
        }

        return Demanded(await KnownAsync(key, hash).ConfigureAwait(false));
    }

    /// <summary>Identifies the caller that presented a key earlier.</summary>
    /// <param name="identity">What <see cref="IdentityOf"/> returned then.</param>
    /// <exception cref="ProblemException">The key is no longer valid, or is used too often.</exception>
    public async ValueTask<Caller> AdmitAgainAsync(string identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return identity.StartsWith(Configured, StringComparison.Ordinal)
            ? identity == ConfiguredIdentity ? Caller.Administrator : throw Problem.Unauthorized.With("The key in the configuration has changed.")
            : Demanded(await Remember($"id {identity}", () => _keys.FindByIdAsync(identity)).GetAsync().ConfigureAwait(false));
    }

    /// <summary>Returns an identity for a caller's key that reveals nothing about the key; null if the caller has none.</summary>
    public string? IdentityOf(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.KeyId == Caller.Administrator.KeyId ? ConfiguredIdentity : caller.KeyId;
    }

    private string? ConfiguredIdentity => _adminHash is null ? null : $"{Configured}{Convert.ToHexStringLower(_adminHash)[..32]}";

    private Caller Demanded(Known? known)
    {
        if (known?.Record is not { } record || !record.IsAlive(_time.GetUtcNow()))
        {
            throw Problem.Unauthorized.With(known?.Record is null
                ? "There is no such API key. Check that you copied it completely."
                : known.Record.RevokedAt is not null ? "This API key was revoked." : "This API key has expired.");
        }

        Demand(known, record);
        return known.Caller!;
    }

    /// <summary>Returns whether a caller that was admitted earlier can still stay. This does not count as a request.</summary>
    public async ValueTask<bool> MayStayAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Presented(context.Request) is not { } key)
        {
            return await IsOpenAsync(context).ConfigureAwait(false);
        }

        var hash = ApiKey.Hash(key);
        return IsAdmin(hash) || (await KnownAsync(key, hash).ConfigureAwait(false))?.Record?.IsAlive(_time.GetUtcNow()) is true;
    }

    /// <inheritdoc/>
    public void Dispose() => _asking.Dispose();

    /// <summary>Returns whether the request needs no key: none was ever created, and it comes from this machine.</summary>
    public async ValueTask<bool> IsOpenAsync(HttpContext context) =>
        LocalRequests.IsLocal(context) && _adminHash is null && !await _anyKey.GetAsync().ConfigureAwait(false);

    private bool IsAdmin(byte[] hash) => _adminHash is not null && CryptographicOperations.FixedTimeEquals(hash, _adminHash);

    private static string? Presented(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        var bearer = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim() : null;
        var header = request.Headers[Key].ToString() is { Length: > 0 } sent ? sent : null;
        if (bearer is null && authorization.Length > 0)
        {
            throw Problem.Unauthorized.With("Only 'Authorization: Bearer …' is supported.");
        }

        return bearer is null || header is null || bearer == header
            ? bearer ?? header
            : throw Problem.Unauthorized.With($"'Authorization' and '{Key}' contain different API keys. Send only one of them.");
    }

    private ValueTask<Known?> KnownAsync(string key, byte[] hash)
    {
        var name = Convert.ToHexStringLower(hash);
        return _known.TryGetValue(name, out var known) ? known.GetAsync() : ApiKey.IdOf(key) is null ? default : Remember(name, () => _keys.FindAsync(key)).GetAsync();
    }

    private Believed<Known?> Remember(string name, Func<Task<ApiKeyRecord?>> find)
    {
        if (_known.Count > MostKnown)
        {
            _known.Clear();
        }

        return _known.GetOrAdd(name, _ => new Believed<Known?>(before => FindAsync(find, before), _time));
    }

    private async Task<Known?> FindAsync(Func<Task<ApiKeyRecord?>> find, Known? before)
    {
        // Someone who tries many keys keeps one database connection busy, not all of them.
        await _asking.WaitAsync().ConfigureAwait(false);
        try
        {
            var record = await find().ConfigureAwait(false);
            if (record is not null && record.IsAlive(_time.GetUtcNow()) && !(_time.GetUtcNow() - record.LastUsedAt < TimeSpan.FromMinutes(1)))
            {
                await _keys.UsedAsync(record.Id).ConfigureAwait(false);
            }

            return Known.Of(record, _usualRate, before);
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

        limiter.TryReplenish();
        using var lease = limiter.AttemptAcquire();
        if (!lease.IsAcquired)
        {
            var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var span) ? span.TotalSeconds : 1;
            throw new ProblemException(Problem.RateLimited, $"The API key '{record.Name}' has exceeded its rate limit. Wait as long as Retry-After says.")
            {
                RetryAfterSeconds = (int)Math.Clamp(Math.Ceiling(wait), 1, 3600),
            };
        }
    }

    private sealed record Known(ApiKeyRecord? Record, Caller? Caller, TokenBucketRateLimiter? Limiter, int? Rate)
    {
        public static Known Of(ApiKeyRecord? record, int? usual, Known? before)
        {
            if (record is null)
            {
                return new Known(null, null, null, null);
            }

            var rate = record.RequestsPerSecond ?? usual;
            var limiter = rate == before?.Rate ? before?.Limiter : Bucket(rate);
            return new Known(record, Caller.Of(record), limiter, rate);
        }

        private static TokenBucketRateLimiter? Bucket(int? rate) => rate is not { } most ? null : new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = most * 2,
            TokensPerPeriod = most,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
            AutoReplenishment = false,
        });
    }
}
