using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Atlas.Contracts;
using Orleans.Connections.Security;

namespace Atlas.Client.Security;

/// <summary>The certificate that a process presents, and the authority that it trusts.</summary>
/// <remarks>The files are read again when they change, so you can renew a certificate without a restart. If a new file cannot be read, the
/// previous certificate stays in use.</remarks>
public sealed class TlsIdentity
{
    // A connection to an IP address has no host name to check; what counts is who signed the certificate.
    private const string TargetHost = "atlas";
    private static readonly TimeSpan Belief = TimeSpan.FromSeconds(1);

    private readonly AtlasTlsOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private Files _files;
    private long _looked;

    private TlsIdentity(AtlasTlsOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _files = Files.Read(options);
        _looked = time.GetTimestamp();
    }

    /// <summary>Loads the identity from the settings; returns null if they name no certificate.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="time">The clock; null for the system clock.</param>
    /// <exception cref="AtlasRefusedException">A file is missing or not valid; the message says which and why.</exception>
    public static TlsIdentity? Of(AtlasTlsOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return (options.Certificate, options.Authority) switch
        {
            (null or "", null or "") when options is { Key: null or "", Password: null or "" } => null,
            (null or "", _) => throw new AtlasRefusedException(
                "Atlas:Tls:Certificate is missing. Set it to the file with this process's certificate, or remove the whole section to connect without TLS."),
            (_, null or "") => throw new AtlasRefusedException(
                "Atlas:Tls:Authority is missing. Set it to the file of the authority that signed this cluster's certificates; without it, no certificate can be verified."),
            _ => new TlsIdentity(options, time ?? TimeProvider.System),
        };
    }

    /// <summary>Gets this process's certificate with its chain.</summary>
    public SslStreamCertificateContext Chain => Current.Chain;

    /// <summary>Gets this process's certificate.</summary>
    public X509Certificate2 Certificate => Current.Chain.TargetCertificate;

    /// <summary>Determines whether a certificate was signed by the cluster's authority and is valid now.</summary>
    /// <param name="shown">The certificate.</param>
    /// <param name="along">The certificates sent with it; null for none.</param>
    public bool Trusts(X509Certificate2 shown, IEnumerable<X509Certificate2>? along = null)
    {
        ArgumentNullException.ThrowIfNull(shown);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.AddRange(Current.Authorities);
        foreach (var one in along ?? [])
        {
            chain.ChainPolicy.ExtraStore.Add(one);
        }

        return chain.Build(shown);
    }

    /// <summary>Configures Orleans so that both sides of a connection must present a certificate of the cluster's authority.</summary>
    public void Apply(TlsOptions tls)
    {
        ArgumentNullException.ThrowIfNull(tls);
        tls.LocalCertificate = Certificate;
        tls.LocalServerCertificateSelector = (_, _) => Certificate;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => Certificate;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (shown, chain, _) => shown is not null && Trusts(shown, chain?.ChainElements.Skip(1).Select(element => element.Certificate));
        tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = TargetHost;
    }

    private Files Current
    {
        get
        {
            lock (_lock)
            {
                if (_time.GetElapsedTime(_looked) < Belief)
                {
                    return _files;
                }

                _looked = _time.GetTimestamp();
                if (Files.StampOf(_options) != _files.Stamp)
                {
                    try
                    {
                        _files = Files.Read(_options);
                    }
                    catch (AtlasRefusedException)
                    {
                        // The file is most likely being written; what was read before is still good.
                    }
                }

                return _files;
            }
        }
    }

    private sealed record Files(SslStreamCertificateContext Chain, X509Certificate2Collection Authorities, string Stamp)
    {
        public static string StampOf(AtlasTlsOptions options) => string.Join(
            ' ', new[] { options.Certificate, options.Key, options.Authority }.OfType<string>().Select(file => File.GetLastWriteTimeUtc(file).Ticks));

        public static Files Read(AtlasTlsOptions options)
        {
            var stamp = StampOf(options);
            var authorities = Load("Authority", options.Authority!, file =>
            {
                var found = new X509Certificate2Collection();
                found.ImportFromPemFile(file);
                return found.Count > 0 ? found : throw new CryptographicException("it contains no PEM certificate");
            });
            return new Files(Load("Certificate", options.Certificate!, _ => Own(options)), authorities, stamp);
        }

        private static SslStreamCertificateContext Own(AtlasTlsOptions options)
        {
            var (file, more) = (options.Certificate!, new X509Certificate2Collection());
            X509Certificate2 own;
            if (Path.GetExtension(file).ToLowerInvariant() is ".pfx" or ".p12")
            {
                more = X509CertificateLoader.LoadPkcs12CollectionFromFile(file, options.Password);
                own = more.FirstOrDefault(one => one.HasPrivateKey) ?? throw new CryptographicException("it contains no private key");
            }
            else
            {
                var key = string.IsNullOrEmpty(options.Key) ? file : options.Key;
                using var read = string.IsNullOrEmpty(options.Password)
                    ? X509Certificate2.CreateFromPemFile(file, key)
                    : X509Certificate2.CreateFromEncryptedPemFile(file, options.Password, key);

                // Some platforms do not accept an in-memory key for TLS.
                own = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
                more.ImportFromPemFile(file);
            }

            return SslStreamCertificateContext.Create(own, [.. more.Where(one => !one.RawDataMemory.Span.SequenceEqual(own.RawDataMemory.Span))], offline: true);
        }

        private static T Load<T>(string name, string file, Func<string, T> read)
        {
            try
            {
                return read(file);
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
            {
                throw new AtlasRefusedException($"Atlas:Tls:{name} cannot be used, '{file}': {wrong.Message.TrimEnd('.')}.");
            }
        }
    }
}
