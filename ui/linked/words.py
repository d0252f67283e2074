"""Fixed words of the pages, Thai and English."""

from typing import Final

from ui.linked.negotiation import MEDIA

KIND: Final = {
    "act": ("พระราชบัญญัติ", "Act"), "instrument": ("กฎหมายลำดับรอง", "Subordinate instrument"),
    "section": ("มาตราหรือข้อ", "Section"), "item": ("อนุมาตรา", "Item"),
    "standard": ("มาตรฐาน", "Standard"), "source": ("แหล่งข้อมูล", "Source"),
    "norm": ("บทกำหนด", "Norm"), "parameter": ("ตัวเลขภาษี", "Tax parameter"),
    "organisation": ("องค์กร", "Organisation"), "scheme": ("ชุดคำ", "Concept scheme"),
    "concept": ("แนวคิด", "Concept"), "graph": ("กราฟย่อย", "Named graph"),
    "rule": ("กฎอนุมาน", "Inference rule"), "division": ("หมวดหรือส่วน", "Division"),
    "node": ("ข้อมูล", "Data"), "record": ("ชุดข้อมูล", "Data set"),
    "column": ("คอลัมน์ข้อมูล", "Column"),
}  # fmt: skip
"""What each kind of thing is called."""
PROPERTY: Final = {
    "rdf:type": ("เป็น", "is a"), "skos:prefLabel": ("ชื่อ", "label"),
    "skos:altLabel": ("เรียกอีกอย่างว่า", "also called"),
    "skos:hiddenLabel": ("สะกดแบบอื่น", "also spelt"),
    "skos:definition": ("ความหมาย", "definition"), "skos:scopeNote": ("ขอบเขต", "scope"),
    "skos:notation": ("รหัส", "code"), "skos:broader": ("คำที่กว้างกว่า", "broader"),
    "skos:narrower": ("คำที่แคบกว่า", "narrower"), "skos:related": ("เกี่ยวข้อง", "related"),
    "skos:inScheme": ("อยู่ในชุดคำ", "in scheme"), "skos:topConceptOf": ("คำบนสุดของ", "top of"),
    "skos:hasTopConcept": ("คำบนสุด", "top concepts"), "skos:exactMatch": ("ตรงกับ", "same as"),
    "skos:closeMatch": ("ใกล้กับ", "close to"), "skos:relatedMatch": ("เกี่ยวกับ", "relates to"),
    "skos:broadMatch": ("กว้างกว่าคือ", "broader match"), "rdfs:label": ("ชื่อ", "label"),
    "rdfs:comment": ("คำอธิบาย", "comment"), "rdfs:seeAlso": ("ดูเพิ่ม", "see also"),
    "dcterms:title": ("ชื่อ", "title"), "dcterms:source": ("อ่านจาก", "source"),
    "dcterms:subject": ("หัวเรื่อง", "subject"), "dcterms:publisher": ("ผู้เผยแพร่", "publisher"),
    "dcterms:license": ("สัญญาอนุญาต", "licence"), "dcterms:identifier": ("เลขที่", "number"),
    "dcterms:issued": ("วันที่ออก", "issued"), "dcterms:isPartOf": ("ส่วนหนึ่งของ", "part of"),
    "dcterms:bibliographicCitation": ("การอ้างอิง", "citation"),
    "dcterms:description": ("คำอธิบาย", "description"), "dcterms:created": ("สร้างเมื่อ", "created"),
    "dcat:landingPage": ("หน้าเว็บ", "landing page"), "dcat:accessURL": ("เข้าถึงที่", "access"),
    "prov:generatedAtTime": ("สร้างเมื่อ", "generated at"), "prov:wasGeneratedBy": ("สร้างโดย", "by"),
    "prov:wasDerivedFrom": ("มาจาก", "derived from"), "adms:status": ("สถานะ", "status"),
    "eli:is_part_of": ("ส่วนหนึ่งของ", "part of"), "eli:number": ("เลขที่", "number"),
    "eli:passed_by": ("ออกโดย", "passed by"), "eli:cites": ("อ้างถึง", "cites"),
    "eli:based_on": ("ออกโดยอาศัย", "based on"), "cpsv:implements": ("รองรับกฎหมาย", "implements"),
}  # fmt: skip
"""What properties of other vocabularies are called; the ontology names our own."""
INCOMING: Final = {
    "m:appliesTo": ("มาตรฐานและมาตราที่ใช้กับงานนี้", "Standards and sections for this work"),
    "dcterms:subject": ("อยู่ในหัวเรื่องนี้", "On this subject"),
    "m:actor": ("บทกำหนดของผู้นี้", "Norms of this actor"),
    "m:defines": ("บทนิยาม", "Defined by"),
    "m:addressee": ("มาตรฐานที่ผู้นี้ต้องหรือควรใช้", "Standards that it must or should follow"),
    "dcterms:publisher": ("เผยแพร่โดยองค์กรนี้", "Published by it"),
    "eli:passed_by": ("กฎหมายที่ออกโดยองค์กรนี้", "Passed by it"),
    "m:agent": ("เหตุการณ์ที่องค์กรนี้ทำ", "Events by it"),
    "skos:broader": ("คำที่แคบกว่า", "Narrower"),
    "skos:inScheme": ("คำในชุดนี้", "Concepts of this scheme"),
    "skos:related": ("คำที่เกี่ยวข้อง", "Related"),
    "m:landUse": ("ตัวเลขของการใช้ประโยชน์นี้", "Figures for this use"),
    "m:structure": ("ค่าเสื่อมของลักษณะนี้", "Depreciation of this structure"),
    "m:step": ("กำหนดเวลาของขั้นตอนนี้", "When this step is due"),
    "m:level": ("ใช้ในระดับนี้", "At this level"),
    "adms:status": ("สิ่งที่มีสถานะนี้", "With this status"),
    "m:certainty": ("ข้อเท็จจริงที่แน่นอนระดับนี้", "Facts of this certainty"),
    "dcterms:source": ("อ่านจากสิ่งนี้", "Read from this"),
    "m:inDivision": ("มาตราในหมวดนี้", "Sections of this division"),
    "m:readFrom": ("สิ่งที่อ่านได้โดยกฎ", "Read from it by rule"),
    "m:statedIn": ("บทกำหนด", "Norms"), "m:parameterOf": ("ตัวเลขภาษี", "Tax parameters"),
    "prov:wasGeneratedBy": ("กราฟที่กฎนี้สร้าง", "Graphs that it made"),
    "t:codeList": ("คอลัมน์ที่ใช้รายการนี้", "Columns that use it"),
}  # fmt: skip
"""What the things that lead to a thing are called, by the property."""
NORM: Final = {
    "Duty": "หน้าที่", "Right": "สิทธิ", "Prohibition": "ข้อห้าม", "Permission": "ข้ออนุญาต",
    "Power": "อำนาจ", "Definition": "บทนิยาม", "Penalty": "บทลงโทษ", "Statement": "บทกำหนด",
}  # fmt: skip
SYNTAX: Final = {
    form: (name, MEDIA[form])
    for form, name in (("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"),
                       ("rdf", "RDF/XML"))
}  # fmt: skip
"""RDF syntaxes to download: name and media type, by the ending."""
