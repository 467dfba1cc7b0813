namespace Atlas.Client.Security;

/// <summary>The section <c>Atlas:Tls</c>: one block for all connections of a cluster, from silo to silo, from clients to silos, and HTTPS.</summary>
/// <remarks>Whoever connects to a silo shows a certificate that <see cref="Authority"/> signed, and so does the silo. Callers of the HTTP
/// API show an API key instead.</remarks>
public sealed class AtlasTlsOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Atlas:Tls";

    /// <summary>The file of the own certificate: PEM, with its chain behind it where there is one, or PKCS#12 (<c>.pfx</c>, <c>.p12</c>).</summary>
    /// <value>The default is null: no TLS.</value>
    public string? Certificate { get; set; }

    /// <summary>The file of its private key, PEM.</summary>
    /// <value>The default is null: the key is in the file of the certificate.</value>
    public string? Key { get; set; }

    /// <summary>The password of the key or of the PKCS#12 file.</summary>
    /// <value>The default is null: none.</value>
    public string? Password { get; set; }

    /// <summary>The file of the authority that signs the certificates of this cluster, PEM; several during a change of authority.</summary>
    /// <value>The default is null; with <see cref="Certificate"/> it has to be given.</value>
    public string? Authority { get; set; }
}
