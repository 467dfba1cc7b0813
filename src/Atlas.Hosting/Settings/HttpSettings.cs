using System.ComponentModel.DataAnnotations;

namespace Atlas.Hosting.Settings;

/// <summary>The section <c>Atlas:Http</c>: health, metrics and the dashboard.</summary>
public sealed class HttpSettings
{
    public const string Section = "Atlas:Http";

    /// <summary>Gets or sets the IP address to listen on.</summary>
    /// <value>The default is 127.0.0.1.</value>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Atlas:Http:Address is empty. Give an IP address, for example 127.0.0.1.")]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Gets or sets the port to listen on.</summary>
    /// <value>The default is 5080.</value>
    [Range(1, 65535, ErrorMessage = "Atlas:Http:Port is not a valid port. Choose a number from 1 to 65535.")]
    public int Port { get; set; } = 5080;

    /// <summary>Gets or sets the key that gives callers from other machines access to the dashboard and the metrics. They send it as
    /// <c>X-Atlas-Key</c> or, in a browser, as the password of basic authentication. Null restricts both to this machine.</summary>
    [MinLength(16, ErrorMessage = "Atlas:Http:DashboardKey is too short. Choose at least 16 characters, or remove the setting.")]
    public string? DashboardKey { get; set; }
}
