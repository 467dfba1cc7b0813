namespace Atlas.Client.Security;

/// <summary>The section <c>Atlas:Tls</c>: one block for all connections of a cluster, between silos, from clients to silos, and over HTTPS.</summary>
/// <remarks>Both sides of a connection to a silo present a certificate signed by <see cref="Authority"/>. Callers of the HTTP API present an
/// API key instead.</remarks>
public sealed class AtlasTlsOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Atlas:Tls";

    /// <summary>Gets or sets the file of this process's certificate: PEM, followed by its chain if it has one, or PKCS#12 (<c>.pfx</c>,
    /// <c>.p12</c>).</summary>
    /// <value>The default is null: no TLS.</value>
    public string? Certificate { get; set; }

    /// <summary>Gets or sets the file of the private key, PEM.</summary>
    /// <value>The default is null: the key is in the certificate's file.</value>
    public string? Key { get; set; }

    /// <summary>Gets or sets the password of the key or of the PKCS#12 file.</summary>
    /// <value>The default is null: no password.</value>
    public string? Password { get; set; }

    /// <summary>Gets or sets the file of the authority that signs the certificates of this cluster, PEM. It can contain several authorities
    /// while you change from one to another.</summary>
    /// <value>The default is null; required if <see cref="Certificate"/> is set.</value>
    public string? Authority { get; set; }
}
