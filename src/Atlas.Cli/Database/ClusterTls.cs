using System.Security.Cryptography.X509Certificates;
using Atlas.Client.Security;

namespace Atlas.Cli.Database;

/// <summary>TLS settings from the environment, in the variables that the silos started from here read too.</summary>
internal static class ClusterTls
{
    private const string Prefix = "Atlas__Tls__";

    /// <summary>Gets the certificate that commands present to silos.</summary>
    public static AtlasTlsOptions Options => new()
    {
        Certificate = Read(nameof(AtlasTlsOptions.Certificate)),
        Key = Read(nameof(AtlasTlsOptions.Key)),
        Password = Read(nameof(AtlasTlsOptions.Password)),
        Authority = Read(nameof(AtlasTlsOptions.Authority)),
    };

    /// <summary>Gets the URI scheme of the silos on this machine.</summary>
    public static string Scheme => Read(nameof(AtlasTlsOptions.Certificate)) is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;

    /// <summary>Makes a connection to a silo on this machine trust the cluster's authority, whatever name the certificate is for.</summary>
    public static void Apply(SocketsHttpHandler handler)
    {
        if (TlsIdentity.Of(Options) is { } identity)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, chain, _) => shown is X509Certificate2 certificate
                && identity.Trusts(certificate, chain?.ChainElements.Skip(1).Select(element => element.Certificate));
        }
    }

    private static string? Read(string name) => Environment.GetEnvironmentVariable(Prefix + name) is { Length: > 0 } text ? text : null;
}
