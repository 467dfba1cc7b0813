using System.ComponentModel.DataAnnotations;

namespace Atlas.Http;

/// <summary>Options of the API; the section <c>Atlas:Api</c> of a silo.</summary>
public sealed class AtlasHttpOptions
{
    public const string Section = "Atlas:Api";

    /// <summary>Gets or sets the maximum size of a request body, in bytes.</summary>
    /// <value>From 1,024 to 1,073,741,824; the default is 8 MiB.</value>
    [Range(1024, 1 << 30, ErrorMessage = "Atlas:Api:MaxBodyBytes is out of bounds. Choose 1024 to 1073741824 bytes.")]
    public int MaxBodyBytes { get; set; } = 8 << 20;

    /// <summary>Gets or sets the seconds between two heartbeats of a watch.</summary>
    /// <value>From 0.1 to 300; the default is 15.</value>
    [Range(0.1, 300, ErrorMessage = "Atlas:Api:HeartbeatSeconds is out of bounds. Choose 0.1 to 300 seconds.")]
    public double HeartbeatSeconds { get; set; } = 15;

    /// <summary>Gets or sets the requests per second that an API key can make unless it has its own limit; bursts of twice as many
    /// pass.</summary>
    /// <value>From 1 to 1,000,000; null, the default, for no limit.</value>
    [Range(1, 1_000_000, ErrorMessage = "Atlas:Api:RequestsPerSecond is out of bounds. Choose 1 to 1000000, or leave it out.")]
    public int? RequestsPerSecond { get; set; }

    /// <summary>Gets or sets an API key with every scope that exists from the start, for silos that are set up by configuration. It counts
    /// as a created key.</summary>
    /// <value>At least 32 characters; null, the default, for none.</value>
    [MinLength(32, ErrorMessage = "Atlas:Api:AdminKey is too short to protect anything. Choose at least 32 random characters, or leave it out.")]
    public string? AdminKey { get; set; }

    /// <summary>Gets or sets the hours for which the answer to a request with an <c>Idempotency-Key</c> is kept.</summary>
    /// <value>From 1 to 8,760; the default is 48.</value>
    [Range(1, 8760, ErrorMessage = "Atlas:Api:IdempotencyHours is out of bounds. Choose 1 to 8760 hours.")]
    public int IdempotencyHours { get; set; } = 48;
}
