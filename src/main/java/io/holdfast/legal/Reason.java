package io.holdfast.legal;

import java.util.Optional;

/**
 * Why a decision came out as it did. Public and stable: one code, one plain sentence in each of two languages, wherever
 * it is shown. Where the rules give it: {@code policy.ReasonUse}.
 */
public enum Reason {
    NEVER_DISCLOSED("This platform does not disclose data to this authority.", "本平台不會向該當局披露資料。", Ground.OTHER),
    REFUSED_UNTIL_REVIEW(
            "Requests of this kind are refused until a named condition is met.",
            "在指明的條件達成之前，此類要求一概予以拒絕。",
            Ground.OTHER),
    NO_RECORDS(
            "The platform holds no records of the kind asked for.", "本平台並無持有所索取的此類紀錄。", Ground.NOT_STORED_AT_RECEIPT),
    TREATY_CHANNEL_ONLY(
            "Requests from this place are accepted through a treaty's central authority only.",
            "來自該地的要求，必須經由條約所訂的中央機關提出，方獲接納。",
            Ground.OTHER),
    EMERGENCY_ONLY("Requests from this place are accepted in emergencies only.", "來自該地的要求，只在緊急情況下方獲接納。", Ground.OTHER),
    CONTENT_WITHHELD("Content is not disclosed to this authority.", "本平台不會向該當局披露內容資料。", Ground.OTHER),
    HELD_PENDING_REVIEW(
            "Requests of this kind are on hold. Nothing is processed until the hold has been reviewed.",
            "此類要求現正暫緩處理；在該項暫緩措施經檢視之前，一概不作處理。"),
    RULEBOOK_UNAVAILABLE(
            "No valid rulebook is loaded, so nothing is processed.", "系統並無載入有效的規則集，故此不會處理任何要求。", Ground.OTHER),
    FACT_MISSING("Something that is needed to decide is missing or unknown.", "作出決定所需的資料有所欠缺或未能確定。", Ground.INCOMPLETE),
    CHANNEL_SUSPENDED(
            "The treaty behind this channel is suspended, or there is none.", "此途徑所依據的條約已暫停施行，或並無該等條約。", Ground.OTHER),
    INSTRUMENT_NOT_YET_VALID("The instrument is dated in the future.", "該文書所載的日期尚未屆至。", Ground.MANIFEST_ERROR),
    INSTRUMENT_EXPIRED("The instrument has expired.", "該文書的有效期已經屆滿。", Ground.OTHER),
    JURISDICTION_NOT_LISTED(
            "No rule accepts requests from this jurisdiction.", "並無任何規則接納來自該司法管轄區的要求。", Ground.NOT_COMPETENT_AUTHORITY),
    PROVIDER_NOT_ADDRESSED(
            "The instrument is not addressed to the company that holds the data.",
            "該文書並非以持有該等資料的公司為送達對象。",
            Ground.OTHER),
    INSTRUMENT_NOT_ACCEPTED(
            "This kind of instrument is not accepted from this jurisdiction.", "本平台不接納來自該司法管轄區的此類文書。", Ground.OTHER),
    ACTION_NOT_COVERED(
            "The instrument does not cover what is asked to be done.", "該文書並不涵蓋所要求採取的行動。", Ground.MANIFEST_ERROR),
    CHANNEL_NOT_ACCEPTED("The instrument is not accepted through this channel.", "本平台不接納經此途徑提交的該文書。", Ground.OTHER),
    NOT_COMPETENT_AUTHORITY(
            "The authority behind the instrument is not competent for it.",
            "簽發該文書的當局並無簽發該文書的權限。",
            Ground.NOT_COMPETENT_AUTHORITY),
    CATEGORY_NOT_REACHED(
            "The instrument does not reach this category of data.", "該文書的效力不及於此類別的資料。", Ground.MANIFEST_ERROR),
    OFFENCE_NOT_COVERED(
            "The offence does not meet the threshold of the instrument.",
            "所涉罪行未達該文書所須符合的門檻。",
            Ground.OFFENCE_NOT_COVERED),
    EMERGENCY_NOT_COVERED(
            "The instrument is not meant for this kind of emergency, or for the absence of one.",
            "該文書不適用於此類緊急情況，或不適用於並無緊急情況的個案。",
            Ground.NOT_COMPETENT_AUTHORITY),
    NATIONAL_SECURITY_NOT_COVERED(
            "The rule does not apply where a national security law is involved, or applies only there.",
            "該規則不適用於涉及國家安全法律的個案，或只適用於該等個案。",
            Ground.OTHER),
    USER_NOT_COVERED("The rule does not cover users in the place concerned.", "該規則並不涵蓋身處有關地方的用戶。", Ground.OTHER),
    SUBJECT_NOT_COVERED("The rule does not cover matters in the place concerned.", "該規則並不涵蓋有關地方的事宜。", Ground.OTHER),
    NON_DISCLOSURE_NOT_COVERED(
            "The rule does not apply with this kind of non-disclosure order.", "該規則不適用於附有此類禁止披露令的要求。", Ground.OTHER),
    SENDER_NOT_VERIFIED("The sender could not be verified as the enrolled authority.", "未能核實發送人為已登記的當局。", Ground.OTHER),
    DOCUMENT_NOT_VERIFIED(
            "The document could not be verified as issued by the court or authority that it names.",
            "未能核實該文件是由其所指的法院或當局簽發。",
            Ground.NOT_COMPETENT_AUTHORITY),
    REFUSED_BY_PEOPLE("People looked at the request and refused it.", "經人員審視後，該要求不獲接納。", Ground.OTHER),
    RETURNED_BY_PEOPLE(
            "People looked at the request and sent it back to be mended.", "經人員審視後，該要求已退回發送人補正。", Ground.INCOMPLETE),
    WITHHELD_BY_PEOPLE(
            "People looked at the request and do not give this category of data.", "經人員審視後，決定不交出此類別的資料。", Ground.OTHER),
    PRIVILEGE_OR_PRESS(
            "Immunity, privilege or the freedom of the press protects the data.",
            "該等資料受豁免權或新聞自由保障。",
            Ground.IMMUNITY_PRIVILEGE_PRESS),
    CONFLICT_OF_LAWS("The law of another State forbids it.", "另一國家的法律禁止披露該等資料。", Ground.THIRD_COUNTRY_CONFLICT),
    NOT_CLEAR_ENOUGH(
            "The request does not say enough to be carried out.", "該要求所載的內容不足以據之執行。", Ground.INSUFFICIENT_INFO),
    NOT_POSSIBLE_IN_FACT("Carrying the request out is impossible in fact.", "該要求事實上無法執行。", Ground.DE_FACTO_IMPOSSIBLE),
    SERVICE_NOT_COVERED(
            "The instrument does not reach the service that holds the data.",
            "該文書的效力不及於持有該等資料的服務。",
            Ground.SERVICE_NOT_COVERED),
    NECESSITY_NOT_SHOWN("The sender has not shown why the data are needed.", "發送人未能說明何以需要該等資料。", Ground.OTHER),
    DECLINED_FREELY(
            "Nobody can demand it, and the platform has decided not to answer.", "該要求並無強制效力，本平台決定不予回應。", Ground.OTHER),
    EXCEPTION_APPLIES(
            "A hold covers the request, and an exception written in that hold lets people look at it.",
            "該要求屬暫緩措施的涵蓋範圍，但憑藉該措施訂明的例外情況，可交由專人審視。"),
    APPROVALS_OUTSTANDING(
            "The request meets the rules. Different people must approve it before anything leaves.",
            "該要求符合規則，惟須先由不同人士批准，方可交出任何資料。"),
    PERMITTED("The request meets the rules, and everything that was required has been done.", "該要求符合規則，所須辦理的事項亦已全部辦妥。");

    private final String sentence;
    private final String chinese;
    private final Optional<Ground> ground;

    /** No refusal, so there is no ground for one. */
    Reason(String sentence, String chinese) {
        this(sentence, chinese, Optional.empty());
    }

    Reason(String sentence, String chinese, Ground ground) {
        this(sentence, chinese, Optional.of(ground));
    }

    Reason(String sentence, String chinese, Optional<Ground> ground) {
        this.sentence = sentence;
        this.chinese = chinese;
        this.ground = ground;
    }

    public String code() {
        return name();
    }

    /** Whether a person can give it for refusing a request that meets the rules. What a rule alone can tell, nobody claims. */
    public boolean isForPeople() {
        return switch (this) {
            case NO_RECORDS,
                    PROVIDER_NOT_ADDRESSED,
                    INSTRUMENT_NOT_ACCEPTED,
                    ACTION_NOT_COVERED,
                    NOT_COMPETENT_AUTHORITY,
                    CATEGORY_NOT_REACHED,
                    OFFENCE_NOT_COVERED,
                    EMERGENCY_NOT_COVERED,
                    SENDER_NOT_VERIFIED,
                    DOCUMENT_NOT_VERIFIED,
                    PRIVILEGE_OR_PRESS,
                    CONFLICT_OF_LAWS,
                    NOT_CLEAR_ENOUGH,
                    NOT_POSSIBLE_IN_FACT,
                    SERVICE_NOT_COVERED,
                    NECESSITY_NOT_SHOWN,
                    DECLINED_FREELY -> true;
            default -> false;
        };
    }

    /** One plain sentence, in English. */
    public String sentence() {
        return sentence;
    }

    /** The same in Traditional Chinese, as it is written in Hong Kong (zh-Hant). */
    public String chinese() {
        return chinese;
    }

    /** What a provider would tick in the form of Regulation (EU) 2023/1543; empty where nothing was refused. */
    public Optional<Ground> ground() {
        return ground;
    }
}
