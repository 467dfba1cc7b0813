using System.ComponentModel.DataAnnotations;

namespace Atlas.Hosting.Settings;

/// <summary>The section <c>Atlas:Http</c>: health, metrics and the dashboard.</summary>
public sealed class HttpSettings
{
    public const string Section = "Atlas:Http";

    /// <summary>The IP address to listen on.</summary>
    /// <value>The default is 127.0.0.1.</value>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Atlas:Http:Address is empty. Give an IP address, for example 127.0.0.1.")]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port to listen on.</summary>
    /// <value>The default is 5080.</value>
    [Range(1, 65535, ErrorMessage = "Atlas:Http:Port is no port. Choose a number from 1 to 65535.")]
    public int Port { get; set; } = 5080;

    /// <summary>Key that opens dashboard and metrics to callers from other machines, sent as <c>X-Atlas-Key</c> or, by a browser,
    /// as the password of basic authentication. Null keeps them to this machine.</summary>
    [MinLength(16, ErrorMessage = "Atlas:Http:DashboardKey is too short to protect anything. Choose at least 16 characters, or leave it out.")]
    public string? DashboardKey { get; set; }
}
